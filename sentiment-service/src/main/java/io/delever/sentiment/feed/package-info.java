/** Inbound streams of the price, margin and liquidation services. */
@NullMarked
package io.delever.sentiment.feed;

import org.jspecify.annotations.NullMarked;

/** The stream of risk events from margin-service. */
@NullMarked
package io.delever.liquidation.feed;

import org.jspecify.annotations.NullMarked;

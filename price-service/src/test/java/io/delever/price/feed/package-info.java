/** Tests of the life of a feed: with played time, and against a local server that misbehaves. */
@NullMarked
package io.delever.price.feed;

import org.jspecify.annotations.NullMarked;

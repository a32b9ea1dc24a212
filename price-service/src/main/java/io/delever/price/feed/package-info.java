/**
 * The life of a feed: connect, subscribe, keep alive, notice what is lost, come back. One thread
 * for each feed; time, chance and network are given to it.
 */
@NullMarked
package io.delever.price.feed;

import org.jspecify.annotations.NullMarked;

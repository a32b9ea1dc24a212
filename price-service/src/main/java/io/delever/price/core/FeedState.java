package io.delever.price.core;

/** Where the life of a feed is (FEED-013). */
public enum FeedState {
    /** A connection is being opened. */
    CONNECTING,
    /** The connection is there, no price has come on it yet. */
    SUBSCRIBING,
    /** Prices come. */
    LIVE,
    /** The connection was lost; the next attempt waits. */
    WAITING,
    /** Ended for good. */
    CLOSED
}

package io.delever.price.core;

/** What a message of a venue was (FEED-003). */
public enum FeedMessageKind {
    /** At least one price. */
    TICKS,
    /** A sign of life only. */
    HEARTBEAT,
    /** The venue answers or greets. */
    ACKNOWLEDGED,
    /** Part of the protocol and of no use here. */
    IGNORED,
    /** The venue says that it will close the connection. */
    CLOSING,
    /** Not one price of it was taken. */
    REJECTED
}

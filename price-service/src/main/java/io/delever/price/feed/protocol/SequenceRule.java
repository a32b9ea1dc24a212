package io.delever.price.feed.protocol;

/** How the numbers of one channel of one market go on (FEED-020). */
public enum SequenceRule {
    /** The venue numbers nothing that can be checked. */
    NONE,
    /** A later message has a higher number; some are left out on purpose. */
    RISING,
    /** A later message has the next number; anything else says that one is missing. */
    CONSECUTIVE
}

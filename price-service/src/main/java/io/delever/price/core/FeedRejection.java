package io.delever.price.core;

/** Why a message of a venue, or one price in it, was not taken (FEED-004). */
public enum FeedRejection {
    /** No JSON, cut off, or a shape that the protocol does not have. */
    MALFORMED,
    /** Longer than the configured limit. */
    TOO_LARGE,
    /** More prices than one message may have. */
    TOO_MANY_TICKS,
    /** A frame of bytes where the protocol has text. */
    BINARY_FRAME,
    /** A message that the protocol does not have. */
    UNKNOWN_MESSAGE,
    /** A field that the message must have is not there. */
    MISSING_FIELD,
    /** A field that stands twice in one object. */
    DUPLICATE_FIELD,
    /** Something else where a number must be. */
    BAD_NUMBER,
    /** A price that 10⁻⁸ cannot hold exactly. */
    TOO_MANY_DECIMALS,
    /** A number that does not fit 64 bits × 10⁻⁸. */
    NUMBER_TOO_LARGE,
    /** Zero or negative. */
    NON_POSITIVE_PRICE,
    /** A negative size. */
    NEGATIVE_SIZE,
    /** No time, or one before 2009 or after 2199. */
    BAD_TIME,
    /** A market that this feed has not subscribed to. */
    UNKNOWN_MARKET,
    /** A best bid above the best ask. */
    CROSSED_QUOTE,
    /** A best bid or a best ask is not there. */
    ONE_SIDED_QUOTE,
    /** The venue refused a request or reports an error. */
    VENUE_ERROR
}

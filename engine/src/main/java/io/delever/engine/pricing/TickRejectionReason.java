package io.delever.engine.pricing;

/** Why a tick was not taken. Names and meaning are those of the contract (PRIC-010). */
public enum TickRejectionReason {
    /** No listed instrument has this venue and market as a source. */
    UNKNOWN_SOURCE,
    /** Zero or negative. */
    NON_POSITIVE_PRICE,
    /** Beyond the greatest admitted price, or too far from the source's own fresh last price. */
    ABSURD_PRICE,
    /** Later than now by more than the admitted skew. */
    TIME_IN_FUTURE,
    /** Older than the source's staleness limit. */
    TIME_TOO_OLD,
    /** Older than the newest tick taken from this source. */
    OUT_OF_ORDER,
    /** The size is negative. */
    NEGATIVE_SIZE
}

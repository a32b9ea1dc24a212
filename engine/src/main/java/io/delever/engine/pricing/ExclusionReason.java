package io.delever.engine.pricing;

/** Why a source does not take part in an index, or not with its own price. */
public enum ExclusionReason {
    /** No tick of it was ever taken. */
    NEVER_SEEN,
    /** Its newest tick is older than its staleness limit. */
    STALE,
    /** Its price is farther from the median of the fresh sources than the outlier limit. */
    OUTLIER,
    /** It keeps sending one price while the others move. */
    FROZEN,
    /** The rate of its quote is not known now. */
    NO_RATE,
    /** The rate of its quote is farther from 1 than the depeg limit. */
    DEPEGGED,
    /** It is the venue's own market, and that has no share in this index. */
    OWN_VENUE,
    /** It takes part with its price moved to the outlier limit. */
    CLAMPED
}

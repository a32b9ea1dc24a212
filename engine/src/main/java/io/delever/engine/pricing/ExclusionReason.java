package io.delever.engine.pricing;

/** Why a source does not take part in an index. */
public enum ExclusionReason {
    /** No tick of it was ever taken. */
    NEVER_SEEN,
    /** Its newest tick is older than its staleness limit. */
    STALE,
    /** Its price is farther from the median of the fresh sources than the outlier limit. */
    OUTLIER
}

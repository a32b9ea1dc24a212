package io.delever.engine.pricing;

/** What becomes of a source beyond the outlier limit (PRIC-022, PRIC-070). */
public enum OutlierRule {
    /** It is left out. */
    EXCLUDE,
    /** Its price is moved to the limit, and it does not count toward the minimum of sources. */
    CLAMP
}

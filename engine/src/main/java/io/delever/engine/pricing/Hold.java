package io.delever.engine.pricing;

/** Why nothing is decided on a price although its sources would give one (GARD-010, GARD-012). */
public enum Hold {
    /** An operator halted the instrument. */
    HALTED,
    /** It moved too far within the window of its breaker, and cools down. */
    VOLATILE
}

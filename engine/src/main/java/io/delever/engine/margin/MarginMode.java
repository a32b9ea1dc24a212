package io.delever.engine.margin;

/** How positions share collateral. */
public enum MarginMode {
    /** All positions share all collateral. */
    CROSS,
    /** Refused in this version. */
    ISOLATED
}

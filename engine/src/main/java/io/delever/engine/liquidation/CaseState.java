package io.delever.engine.liquidation;

/** Where a case stands. */
public enum CaseState {
    /** Detected, nothing done yet. */
    OPEN,
    /** Orders go to the venue. */
    REDUCING,
    /** A price the account needs is not usable; waits (LIQD-003). */
    FROZEN,
    /** Positions are being closed against profitable accounts. */
    DELEVERAGING,
    /** No position is left and the fund pays the deficit. */
    COVERING,
    /** A deficit is left that the fund cannot pay now; waits for the fund (LIQD-061). */
    UNCOVERED,
    /** Ended; nothing follows. */
    CLOSED
}

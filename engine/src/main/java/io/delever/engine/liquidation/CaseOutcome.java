package io.delever.engine.liquidation;

/** How a case ended. */
public enum CaseOutcome {
    /** The account can carry its risk again (LIQD-005). */
    RECOVERED,
    /** Every position was closed and nothing was owed (LIQD-006). */
    CLOSED_OUT,
    /** The fund paid the deficit (LIQD-006). */
    COVERED_BY_FUND
}

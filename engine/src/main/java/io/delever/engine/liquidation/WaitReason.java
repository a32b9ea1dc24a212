package io.delever.engine.liquidation;

/** Why a case waits before it observes its account again. */
public enum WaitReason {
    /** It does not wait. */
    NOTHING,
    /** The pace between two steps (LIQD-041). */
    PACE,
    /** A needed price is STALE or MISSING (LIQD-003). */
    PRICE,
    /** Nothing is visible in the book within the permitted limit. */
    DEPTH,
    /** The market is beyond the bankruptcy price and the fund cannot reserve for it. */
    FUND_COVER,
    /** An order ended without a fill or was rejected. */
    UNFILLED,
    /** ADL found nobody to close against, or its rounds are used up (LIQD-054). */
    COUNTERPARTIES,
    /** The deficit waits for money in the fund (LIQD-061). */
    FUND,
    /** Every position is smaller than one lot, which no order can close. */
    BELOW_ONE_LOT,
    /** The permitted number of steps is used up; a human looks (LIQD-043). */
    STEP_LIMIT,
    /** Margin-service refused a settlement; a human looks (LIQD-062). */
    REFUSED_SETTLEMENT
}

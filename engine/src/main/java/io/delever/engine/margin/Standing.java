package io.delever.engine.margin;

/**
 * Where an account is on the way from health to liquidation and back (MARG-120). Unlike {@link
 * RiskState}, which says how it stands at one set of prices, a standing has a memory: a deadline
 * runs, and what was left is only reached again with something to spare.
 */
public enum Standing {
    /** Nothing was asked of it. */
    HEALTHY,
    /** It was asked for money and has until a deadline. */
    MARGIN_CALL,
    /** It may only reduce its risk, until it has recovered. */
    REDUCE_ONLY,
    /** Its risk state is LIQUIDATABLE. */
    LIQUIDATABLE,
    /** Its risk state is BANKRUPT. */
    BANKRUPT,
    /** It came back from REDUCE_ONLY or beyond; counts as healthy. */
    RECOVERED;

    /** Whether only orders that reduce may pass (MARG-125). */
    public boolean mayOnlyReduce() {
        return switch (this) {
            case REDUCE_ONLY, LIQUIDATABLE, BANKRUPT -> true;
            case HEALTHY, MARGIN_CALL, RECOVERED -> false;
        };
    }
}

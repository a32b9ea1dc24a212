package io.delever.engine.margin;

/** How an account stands at one set of prices (MARG-001 to MARG-005). */
public enum RiskState {
    /** It can carry its risk. */
    HEALTHY,
    /** Adjusted equity is below the warning level, a stated multiple of maintenance margin. */
    MARGIN_CALL,
    /** Maintenance margin &gt; 0 and maintenance margin &gt; adjusted equity; equality is safe. */
    LIQUIDATABLE,
    /** Equity &lt; 0. */
    BANKRUPT,
    /** A price it needs is not usable; nothing is liquidated and risk may only be reduced. */
    PRICE_UNAVAILABLE
}

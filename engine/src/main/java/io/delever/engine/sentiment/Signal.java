package io.delever.engine.sentiment;

/**
 * What a score is made of, in the order in which contributions and missing signals are listed
 * (SENT-001).
 */
public enum Signal {
    /**
     * Realised volatility of the index: standard deviation of its log returns, scaled to a year
     * (SENT-010).
     */
    VOLATILITY("volatility", "per_year", false),
    /** Share that the index has lost from its decaying peak, 0 to 1 (SENT-011). */
    DRAWDOWN("drawdown", "fraction", false),
    /** (Accounts long - accounts short) / (accounts long + accounts short), -1 to 1 (SENT-012). */
    SKEW("skew", "fraction", false),
    /**
     * Notional of longs closed by force less that of shorts, in settlement units per hour
     * (SENT-013).
     */
    LIQUIDATIONS("liquidations", "notional_per_hour", false),
    /** Smoothed premium of the mark over the index: what funding will follow (SENT-014). */
    FUNDING("funding", "fraction", false),
    /**
     * Accounts at a margin call or worse as a share of all accounts; of the whole market only
     * (SENT-015).
     */
    MARGIN_CALLS("margin_calls", "fraction", true);

    private final String id;
    private final String unit;
    private final boolean marketOnly;

    Signal(String id, String unit, boolean marketOnly) {
        this.id = id;
        this.unit = unit;
        this.marketOnly = marketOnly;
    }

    /** The stable name on the wire and in reports. */
    public String id() {
        return id;
    }

    /** The unit of the signal's own value. */
    public String unit() {
        return unit;
    }

    /** True where the signal exists for the whole market and not for one instrument. */
    public boolean isMarketOnly() {
        return marketOnly;
    }
}

package io.delever.engine.sentiment;

/** What a warning is told of a market, in this order (EWRN-001). */
public enum WarningFeature {
    /** Natural logarithm of the volatility per year, half-life 1 h. */
    VOLATILITY("volatility"),
    /** Logarithm of that over the volatility with a half-life of 24 h. */
    VOLATILITY_CHANGE("volatility_change"),
    /** Share lost from a peak that decays with a half-life of 24 h. */
    DRAWDOWN("drawdown"),
    /** Logarithm of a thousandth + the share of open notional closed by force within 3 % below. */
    FUEL_BELOW("fuel_below"),
    /** The same within 3 % above. */
    FUEL_ABOVE("fuel_above"),
    /** Logarithm of open notional over its own mean with a half-life of 24 h. */
    OPEN_INTEREST("open_interest"),
    /** Logarithm of a thousandth + the share of open notional closed by force, half-life 1 h. */
    FORCED("forced");

    private final String id;

    WarningFeature(String id) {
        this.id = id;
    }

    /** The stable name on the wire and in reports. */
    public String id() {
        return id;
    }
}

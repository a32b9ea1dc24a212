package io.delever.engine.sentiment;

/** Signals of one market, each with its unit and how old it may be (SGNL-001). */
public enum MarketSignal {
    /** Order-flow imbalance of the best quotes over its size, −1 to 1; half-life 5 min. */
    ORDER_FLOW_IMBALANCE("order_flow_imbalance", "fraction", 60),
    /** Bought less sold over all that traded, −1 to 1; half-life 5 min. */
    TRADE_IMBALANCE("trade_imbalance", "fraction", 300),
    /** Best ask less best bid, over their middle. */
    SPREAD("spread", "fraction", 60),
    /** Natural logarithm of the notional that stands within 2 % of the price, both sides. */
    DEPTH("depth", "log_notional", 120),
    /** Natural logarithm of open notional over its mean of 24 h half-life. */
    OPEN_INTEREST_CHANGE("open_interest_change", "log_ratio", 600),
    /** The funding rate of one interval. */
    FUNDING("funding_rate", "fraction", 32_400),
    /** The funding rate less its mean of 24 h half-life. */
    FUNDING_CHANGE("funding_change", "fraction", 32_400),
    /** The mark less the index, over the index. */
    BASIS("basis", "fraction", 60),
    /** Volatility of the index a year; half-life 1 h. */
    VOLATILITY("volatility", "per_year", 300),
    /** Natural logarithm of that over the volatility of 24 h half-life. */
    VOLATILITY_CHANGE("volatility_change", "log_ratio", 300),
    /** Share lost from a peak that decays with a half-life of 24 h. */
    DRAWDOWN("drawdown", "fraction", 300),
    /** Distance of a stablecoin from 1. */
    PEG_DEVIATION("peg_deviation", "fraction", 300),
    /** Σ of the squared shares of the venues in volume, 1 where one has it all. */
    VENUE_CONCENTRATION("venue_concentration", "herfindahl", 3_600);

    private static final long SECOND = 1_000_000_000L;

    private final String id;
    private final String unit;
    private final long freshSeconds;

    MarketSignal(String id, String unit, long freshSeconds) {
        this.id = id;
        this.unit = unit;
        this.freshSeconds = freshSeconds;
    }

    /** The stable name on the wire and in reports. */
    public String id() {
        return id;
    }

    /** The unit of its value. */
    public String unit() {
        return unit;
    }

    /** Older than this it is missing. */
    public long freshNanos() {
        return freshSeconds * SECOND;
    }
}

package io.delever.engine.sentiment;

/**
 * How far a warning looks, and what counts as an event there (EWRN-002): forced closes of at least
 * this share of what was open.
 */
public enum WarningHorizon {
    /** 15 minutes, 2 %. */
    MINUTES_15("15m", 15, 0.02),
    /** 1 hour, 4 %. */
    HOUR_1("1h", 60, 0.04),
    /** 4 hours, 8 %. */
    HOURS_4("4h", 240, 0.08),
    /** 24 hours, 16 %. */
    HOURS_24("24h", 1_440, 0.16);

    private static final long MINUTE = 60_000_000_000L;

    private final String id;
    private final long minutes;
    private final double threshold;

    WarningHorizon(String id, long minutes, double threshold) {
        this.id = id;
        this.minutes = minutes;
        this.threshold = threshold;
    }

    /** The stable name on the wire and in reports. */
    public String id() {
        return id;
    }

    /** How long it is. */
    public long nanos() {
        return minutes * MINUTE;
    }

    /** Forced closes of at least this share of open notional are an event. */
    public double threshold() {
        return threshold;
    }
}

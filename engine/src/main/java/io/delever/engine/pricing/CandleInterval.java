package io.delever.engine.pricing;

/** Lengths of candles; each begins at a multiple of its length since the Unix epoch (PRIC-070). */
public enum CandleInterval {
    /** One second. */
    ONE_SECOND(1),
    /** One minute. */
    ONE_MINUTE(60),
    /** Five minutes. */
    FIVE_MINUTES(300),
    /** One hour. */
    ONE_HOUR(3_600);

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final int seconds;

    CandleInterval(int seconds) {
        this.seconds = seconds;
    }

    /** Its length in seconds. */
    public int seconds() {
        return seconds;
    }

    /** Its length in nanoseconds. */
    public long nanos() {
        return seconds * NANOS_PER_SECOND;
    }

    /** The start of the candle that holds a time. */
    public long startOf(long timeNanos) {
        return timeNanos - Math.floorMod(timeNanos, nanos());
    }
}

package io.delever.price.core;

import io.delever.engine.pricing.CandleInterval;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How candles are kept.
 *
 * @param writeInterval how often they are written, 10 ms to 1 min
 * @param pending most complete candles that wait for the database
 * @param retention how long each length is kept, at least its own length
 */
public record HistorySettings(
        Duration writeInterval, int pending, Map<CandleInterval, Duration> retention) {
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** Refuses settings out of range. */
    public HistorySettings {
        Map<CandleInterval, Duration> copy = new EnumMap<>(CandleInterval.class);
        copy.putAll(retention);
        retention = copy;
        if (writeInterval.compareTo(SHORTEST) < 0 || writeInterval.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "write interval: %s, limits %s to %s"
                            .formatted(writeInterval, SHORTEST, LONGEST));
        }
        if (pending < 1) {
            throw new IllegalArgumentException(
                    "pending candles: %d, at least 1".formatted(pending));
        }
        for (CandleInterval interval : CandleInterval.values()) {
            Duration kept = retention.getOrDefault(interval, Duration.ZERO);
            if (kept.toNanos() < interval.nanos()) {
                throw new IllegalArgumentException(
                        "retention of %s: %s, at least its length".formatted(interval, kept));
            }
        }
    }
}

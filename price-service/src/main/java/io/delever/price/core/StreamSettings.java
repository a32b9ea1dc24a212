package io.delever.price.core;

import java.time.Duration;

/**
 * How prices leave.
 *
 * @param flushInterval how often changes are published, 1 ms to 1 s
 * @param heartbeatInterval after this long without a change an empty batch is published
 * @param history published batches that are kept for readers that resume, at least 1
 * @param maximumSubscriptions most readers at a time
 */
public record StreamSettings(
        Duration flushInterval, Duration heartbeatInterval, int history, int maximumSubscriptions) {
    private static final Duration SHORTEST_FLUSH = Duration.ofMillis(1);
    private static final Duration LONGEST_FLUSH = Duration.ofSeconds(1);

    /** Refuses settings out of range. */
    public StreamSettings {
        if (flushInterval.compareTo(SHORTEST_FLUSH) < 0
                || flushInterval.compareTo(LONGEST_FLUSH) > 0) {
            throw new IllegalArgumentException(
                    "flush interval: %s, limits %s to %s"
                            .formatted(flushInterval, SHORTEST_FLUSH, LONGEST_FLUSH));
        }
        if (heartbeatInterval.compareTo(flushInterval) < 0) {
            throw new IllegalArgumentException(
                    "heartbeat interval: %s, at least the flush interval %s"
                            .formatted(heartbeatInterval, flushInterval));
        }
        if (history < 1 || maximumSubscriptions < 1) {
            throw new IllegalArgumentException(
                    "history %d and subscriptions %d, at least 1 each"
                            .formatted(history, maximumSubscriptions));
        }
    }
}

package io.delever.margin.feed;

import java.time.Duration;

/**
 * How the subscriber behaves.
 *
 * @param quietLimit after this long without a message the stream is opened anew and asks for a
 *     snapshot
 * @param retryMin first wait after a failed or ended stream; doubles with each failure
 * @param retryMax longest wait between two attempts
 */
public record PriceFeedLimits(Duration quietLimit, Duration retryMin, Duration retryMax) {
    /** Refuses limits that cannot work. */
    public PriceFeedLimits {
        if (!quietLimit.isPositive()
                || !retryMin.isPositive()
                || retryMax.compareTo(retryMin) < 0) {
            throw new IllegalArgumentException(
                    "price feed limits must be positive and ascending: quiet %s, retry %s to %s"
                            .formatted(quietLimit, retryMin, retryMax));
        }
    }
}

package io.delever.sentiment.feed;

import java.time.Duration;

/**
 * How a subscriber behaves.
 *
 * @param quietLimit after this long without a message the stream is opened anew from where it was
 * @param retryMin first wait after a failed or ended stream; doubles with each failure
 * @param retryMax longest wait between two attempts
 */
public record StreamLimits(Duration quietLimit, Duration retryMin, Duration retryMax) {
    /** Refuses limits that cannot work. */
    public StreamLimits {
        if (!quietLimit.isPositive()
                || !retryMin.isPositive()
                || retryMax.compareTo(retryMin) < 0) {
            throw new IllegalArgumentException(
                    "stream limits must be positive and ascending: quiet "
                            + quietLimit
                            + ", retry "
                            + retryMin
                            + " to "
                            + retryMax);
        }
    }
}

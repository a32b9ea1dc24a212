package io.delever.margin.grpc;

import java.time.Duration;

/**
 * What callers may ask for at once.
 *
 * @param maxBatch most commands in one request of the command stream
 * @param maxInFlight most requests of one command stream that wait for their response
 * @param readLimit longest wait for a read whose caller gave no deadline
 * @param retryAfter what a caller that was turned away is told to wait
 */
public record CallLimits(int maxBatch, int maxInFlight, Duration readLimit, Duration retryAfter) {
    /** Refuses limits that cannot work. */
    public CallLimits {
        if (maxBatch < 1 || maxInFlight < 1 || !readLimit.isPositive() || retryAfter.isNegative()) {
            throw new IllegalArgumentException(
                    "call limits must be positive: batch %d, in flight %d, read %s, retry after %s"
                            .formatted(maxBatch, maxInFlight, readLimit, retryAfter));
        }
    }
}

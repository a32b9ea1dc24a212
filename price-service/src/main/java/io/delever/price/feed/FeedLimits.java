package io.delever.price.feed;

import java.time.Duration;

/**
 * The patience of a feed.
 *
 * @param connectTimeout longest wait for a connection
 * @param firstBackoff wait after the first failure
 * @param longestBackoff longest wait; each failure doubles it up to here
 * @param stableAfter a connection that gave prices for so long lets the wait begin anew
 * @param tickSilence without any price for so long the connection is given up
 * @param marketSilence a market without a price for so long is subscribed to anew while others have
 *     prices
 * @param flushInterval longest time that a price waits for others to go with
 * @param batchTicks most prices that go together
 */
public record FeedLimits(
        Duration connectTimeout,
        Duration firstBackoff,
        Duration longestBackoff,
        Duration stableAfter,
        Duration tickSilence,
        Duration marketSilence,
        Duration flushInterval,
        int batchTicks) {
    private static final Duration LONGEST = Duration.ofHours(1);

    /** Refuses what is not positive or above an hour, and a backoff that shrinks. */
    public FeedLimits {
        check("connect timeout", connectTimeout);
        check("first backoff", firstBackoff);
        check("longest backoff", longestBackoff);
        check("stable after", stableAfter);
        check("tick silence", tickSilence);
        check("market silence", marketSilence);
        check("flush interval", flushInterval);
        if (longestBackoff.compareTo(firstBackoff) < 0) {
            throw new IllegalArgumentException(
                    "longest backoff %s is below the first, %s"
                            .formatted(longestBackoff, firstBackoff));
        }
        if (batchTicks < 1) {
            throw new IllegalArgumentException("batch ticks: %d, at least 1".formatted(batchTicks));
        }
    }

    private static void check(String what, Duration value) {
        if (value.compareTo(Duration.ZERO) <= 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "%s: %s, above 0 and at most %s".formatted(what, value, LONGEST));
        }
    }
}

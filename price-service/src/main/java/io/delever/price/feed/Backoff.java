package io.delever.price.feed;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits between attempts: doubled each time, half of each by chance (FEED-015). */
final class Backoff {
    private final long firstNanos;
    private final long longestNanos;
    private final RandomGenerator random;
    private long nextNanos;

    Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.firstNanos = first.toNanos();
        this.longestNanos = longest.toNanos();
        this.random = random;
        this.nextNanos = firstNanos;
    }

    /** The next wait: between half and all of what is due. */
    Duration next() {
        long due = nextNanos;
        nextNanos = Math.min(longestNanos, due * 2);
        long half = due / 2;
        return Duration.ofNanos(due - half + random.nextLong(half + 1));
    }

    void reset() {
        nextNanos = firstNanos;
    }
}

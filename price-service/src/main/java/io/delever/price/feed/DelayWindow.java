package io.delever.price.feed;

import java.util.OptionalLong;

/**
 * The least delay of the last one to two windows. Messages are sometimes late but never early, so
 * the least delay is the best guess of the venue's clock against ours (FEED-025).
 */
final class DelayWindow {
    private final long windowNanos;
    private long beganAt;
    private long present = Long.MAX_VALUE;
    private long former = Long.MAX_VALUE;

    DelayWindow(long windowNanos, long now) {
        this.windowNanos = windowNanos;
        this.beganAt = now;
    }

    void add(long delayNanos, long now) {
        roll(now);
        present = Math.min(present, delayNanos);
    }

    OptionalLong least(long now) {
        roll(now);
        long least = Math.min(present, former);
        return least == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(least);
    }

    private void roll(long now) {
        if (now - beganAt >= windowNanos) {
            former = now - beganAt < 2 * windowNanos ? present : Long.MAX_VALUE;
            present = Long.MAX_VALUE;
            beganAt = now;
        }
    }
}

package io.delever.price.feed;

import java.time.Duration;

/** Calls back later, on the thread of the feed. */
public interface FeedTimer {
    /** Runs the task once, not before so long. */
    void after(Duration delay, Runnable task);
}

package io.delever.price.core;

/** Makes the meter of each feed. */
public interface FeedMetrics {
    /** The meter of the feed with this name. */
    FeedMeter meter(String feed);
}

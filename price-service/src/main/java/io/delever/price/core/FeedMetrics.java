package io.delever.price.core;

import java.util.List;

/** Makes the meter of each feed and knows how each feed is. */
public interface FeedMetrics {
    /** The meter of the feed with this name. */
    FeedMeter meter(String feed);

    /** The newest status of each feed that had one, in the order of their names; any thread. */
    List<FeedStatus> statuses();
}

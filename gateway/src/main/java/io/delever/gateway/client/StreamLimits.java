package io.delever.gateway.client;

import java.time.Duration;

/**
 * Limits on one stream of the gateway and its readers.
 *
 * @param maxReaders greatest number of readers at a time
 * @param maxValues greatest number of live values kept; the longest unchanged are dropped beyond it
 * @param maxEndedValues greatest number of values kept that are not live any more
 * @param maxValuesPerEvent greatest number of values in one event
 * @param heartbeat pause after which a quiet connection gets a sign of life
 * @param maxUnreadHeartbeats a reader that takes nothing for this many heartbeats is let go
 */
public record StreamLimits(
        int maxReaders,
        int maxValues,
        int maxEndedValues,
        int maxValuesPerEvent,
        Duration heartbeat,
        int maxUnreadHeartbeats) {}

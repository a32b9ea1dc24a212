package io.delever.liquidation.feed;

import java.time.Duration;

/**
 * How the risk stream is kept.
 *
 * @param retryMin first wait before the stream is opened again
 * @param retryMax longest wait
 * @param renewAfter after so long without a message the stream is opened again, because a dead
 *     sender looks like a silent one
 */
public record RiskFeedLimits(Duration retryMin, Duration retryMax, Duration renewAfter) {}

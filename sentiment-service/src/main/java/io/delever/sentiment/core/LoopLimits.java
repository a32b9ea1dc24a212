package io.delever.sentiment.core;

import java.time.Duration;

/**
 * Limits of the loop.
 *
 * @param queueCapacity most batches of observations that wait
 * @param maximumInstruments observations of further instruments are left out and counted
 * @param evaluationInterval how often scores are computed
 * @param historyInterval how often scores go to the history
 */
public record LoopLimits(
        int queueCapacity,
        int maximumInstruments,
        Duration evaluationInterval,
        Duration historyInterval) {
    /** Refuses limits that cannot work. */
    public LoopLimits {
        if (queueCapacity < 1 || maximumInstruments < 1) {
            throw new IllegalArgumentException(
                    "queue capacity and instruments must be >= 1, got "
                            + queueCapacity
                            + " and "
                            + maximumInstruments);
        }
        if (!evaluationInterval.isPositive() || historyInterval.compareTo(evaluationInterval) < 0) {
            throw new IllegalArgumentException(
                    "intervals must be positive and the history no denser than the scores, got "
                            + evaluationInterval
                            + " and "
                            + historyInterval);
        }
    }
}

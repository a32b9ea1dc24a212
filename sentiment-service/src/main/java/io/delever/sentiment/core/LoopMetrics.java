package io.delever.sentiment.core;

import io.delever.engine.sentiment.Observation;

/** What the loop reports; called on its thread, must not block. */
public interface LoopMetrics {
    /** An observation was taken. */
    void taken(Observation observation);

    /** An observation was left out because of the limit of instruments. */
    void leftOut(Observation observation);

    /** A batch found the queue full. */
    void queueFull();

    /** Scores were computed. */
    void evaluated(SentimentSnapshot snapshot, long elapsedNanos);
}

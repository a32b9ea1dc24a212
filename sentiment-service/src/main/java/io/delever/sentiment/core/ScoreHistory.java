package io.delever.sentiment.core;

import io.delever.engine.sentiment.RiskAdjustment;
import java.util.List;

/** Keeps scores and adjustments beyond the life of the process. */
public interface ScoreHistory {
    /** The adjustments as they were last kept; read once before the loop starts. */
    List<RiskAdjustment> lastAdjustments();

    /**
     * Takes a snapshot to be kept soon; never blocks and never throws, what does not fit is dropped
     * and counted.
     */
    void keep(SentimentSnapshot snapshot);
}

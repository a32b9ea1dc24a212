package io.delever.sentiment.core;

import io.delever.engine.sentiment.RiskAdjustment;
import java.util.ArrayList;
import java.util.List;

/** The history port in memory. */
final class InMemoryScoreHistory implements ScoreHistory {
    private final List<SentimentSnapshot> kept = new ArrayList<>();

    @Override
    public synchronized List<RiskAdjustment> lastAdjustments() {
        return kept.isEmpty()
                ? List.of()
                : kept.getLast().all().stream().map(SentimentSnapshot.Rated::adjustment).toList();
    }

    @Override
    public synchronized void keep(SentimentSnapshot snapshot) {
        kept.add(snapshot);
    }

    synchronized List<SentimentSnapshot> kept() {
        return List.copyOf(kept);
    }
}

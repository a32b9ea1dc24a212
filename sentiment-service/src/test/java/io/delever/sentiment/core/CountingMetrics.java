package io.delever.sentiment.core;

import io.delever.engine.sentiment.Observation;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what the loop reports. */
final class CountingMetrics implements LoopMetrics {
    final AtomicLong taken = new AtomicLong();
    final AtomicLong leftOut = new AtomicLong();
    final AtomicLong queueFull = new AtomicLong();
    final AtomicLong evaluated = new AtomicLong();

    @Override
    public void taken(Observation observation) {
        taken.incrementAndGet();
    }

    @Override
    public void leftOut(Observation observation) {
        leftOut.incrementAndGet();
    }

    @Override
    public void queueFull() {
        queueFull.incrementAndGet();
    }

    @Override
    public void evaluated(SentimentSnapshot snapshot, long elapsedNanos) {
        evaluated.incrementAndGet();
    }
}

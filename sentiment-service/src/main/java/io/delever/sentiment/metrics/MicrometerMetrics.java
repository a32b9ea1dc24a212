package io.delever.sentiment.metrics;

import io.delever.engine.sentiment.Observation;
import io.delever.engine.sentiment.Observation.AccountsAtRisk;
import io.delever.engine.sentiment.Observation.FeedChanged;
import io.delever.engine.sentiment.Observation.HoldersCounted;
import io.delever.engine.sentiment.Observation.PositionClosedByForce;
import io.delever.engine.sentiment.Observation.PriceLost;
import io.delever.engine.sentiment.Observation.PriceObserved;
import io.delever.sentiment.core.LoopMetrics;
import io.delever.sentiment.core.SentimentSnapshot;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Counters and gauges of the loop; names carry their unit (SSVC-012). */
public final class MicrometerMetrics implements LoopMetrics {
    private static final double MILLION = 1e6;

    private final MeterRegistry registry;
    private final Counter leftOut;
    private final Counter queueFull;
    private final Timer evaluation;
    private final AtomicLong marketScoreMicros = new AtomicLong();
    private final AtomicLong marketConfidencePpm = new AtomicLong();
    private final AtomicLong marketMultiplierPpm = new AtomicLong();
    private final AtomicLong instruments = new AtomicLong();

    /** Meters in {@code registry}. */
    public MicrometerMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.leftOut = registry.counter("delever.sentiment.observations.left.out");
        this.queueFull = registry.counter("delever.sentiment.queue.full");
        this.evaluation = registry.timer("delever.sentiment.evaluation");
        gauge("delever.sentiment.market.score.points", marketScoreMicros, MILLION);
        gauge("delever.sentiment.market.confidence.ratio", marketConfidencePpm, MILLION);
        gauge("delever.sentiment.market.multiplier.ratio", marketMultiplierPpm, MILLION);
        gauge("delever.sentiment.instruments", instruments, 1);
    }

    @Override
    public void taken(Observation observation) {
        registry.counter("delever.sentiment.observations", "kind", kind(observation)).increment();
    }

    @Override
    public void leftOut(Observation observation) {
        leftOut.increment();
    }

    @Override
    public void queueFull() {
        queueFull.increment();
    }

    @Override
    public void evaluated(SentimentSnapshot snapshot, long elapsedNanos) {
        evaluation.record(Duration.ofNanos(elapsedNanos));
        marketScoreMicros.set(snapshot.market().score().micros());
        marketConfidencePpm.set(snapshot.market().score().confidence().ppm());
        marketMultiplierPpm.set(snapshot.market().adjustment().multiplier().ppm());
        instruments.set(snapshot.instruments().size());
    }

    private void gauge(String name, AtomicLong value, double scale) {
        var _ = registry.gauge(name, value, v -> v.get() / scale);
    }

    private static String kind(Observation observation) {
        return switch (observation) {
            case PriceObserved price -> "price";
            case PriceLost lost -> "price_lost";
            case HoldersCounted holders -> "holders";
            case PositionClosedByForce closed -> "closed_by_force";
            case AccountsAtRisk atRisk -> "accounts_at_risk";
            case FeedChanged changed -> "feed";
        };
    }
}

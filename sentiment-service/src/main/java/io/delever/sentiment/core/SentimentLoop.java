package io.delever.sentiment.core;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.sentiment.AdjustmentParameters;
import io.delever.engine.sentiment.Observation;
import io.delever.engine.sentiment.RiskAdjuster;
import io.delever.engine.sentiment.RiskAdjustment;
import io.delever.engine.sentiment.Score;
import io.delever.engine.sentiment.SentimentParameters;
import io.delever.engine.sentiment.SentimentState;
import io.delever.sentiment.core.SentimentSnapshot.Rated;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One thread that takes batches of observations from a bounded queue and computes all scores at a
 * steady interval (SSVC-001). What others read is an immutable snapshot.
 */
public final class SentimentLoop implements AutoCloseable {
    private static final long JOIN_MILLIS = 5_000;

    private final SentimentState state;
    private final AdjustmentParameters adjustments;
    private final LoopLimits limits;
    private final Surroundings surroundings;
    private final BlockingQueue<Batch> queue;
    private final Map<Optional<InstrumentId>, RiskAdjuster> adjusters = new HashMap<>();
    private final List<Consumer<SentimentSnapshot>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Observation>> observers = new CopyOnWriteArrayList<>();
    private final Thread thread;

    private volatile SentimentSnapshot newest;
    private volatile boolean running;
    private long nextEvaluation;
    private long nextHistory;

    /** A loop that does nothing before {@link #start}. */
    public SentimentLoop(
            SentimentParameters parameters,
            AdjustmentParameters adjustments,
            LoopLimits limits,
            Surroundings surroundings) {
        this.state = new SentimentState(parameters, limits.maximumInstruments());
        this.adjustments = adjustments;
        this.limits = limits;
        this.surroundings = surroundings;
        this.queue = new ArrayBlockingQueue<>(limits.queueCapacity());
        this.thread = Thread.ofPlatform().daemon().name("sentiment-loop").unstarted(this::run);
        this.newest = evaluate(0, Nanos.now(surroundings.clock()));
    }

    /** Picks up the adjustments that were in force before a restart and starts the thread. */
    public void start() {
        long now = Nanos.now(surroundings.clock());
        for (RiskAdjustment last : surroundings.history().lastAdjustments()) {
            adjusters.put(last.instrument(), RiskAdjuster.resume(adjustments, last, now));
        }
        running = true;
        thread.start();
    }

    /**
     * Hands over observations without waiting.
     *
     * @param taken runs on the loop's thread once they are in the state; must not block
     * @return false where the queue is full and nothing was taken
     */
    public boolean offer(List<Observation> observations, Runnable taken) {
        boolean offered = queue.offer(new Batch(List.copyOf(observations), taken));
        if (!offered) {
            surroundings.metrics().queueFull();
        }
        return offered;
    }

    /** Is told of each new snapshot on the loop's thread; must not block. */
    public void addListener(Consumer<SentimentSnapshot> listener) {
        listeners.add(listener);
    }

    /** Is told of each observation that was taken, on the loop's thread; must not block. */
    public void addObserver(Consumer<Observation> observer) {
        observers.add(observer);
    }

    /** The newest scores. */
    public SentimentSnapshot snapshot() {
        return newest;
    }

    /** Batches that wait now. */
    public int queueLength() {
        return queue.size();
    }

    /** Whether the thread runs. */
    public boolean isAlive() {
        return running && thread.isAlive();
    }

    @Override
    public void close() {
        running = false;
        thread.interrupt();
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        surroundings.history().keep(newest);
    }

    private void run() {
        try {
            while (running) {
                Batch batch = queue.poll(waitNanos(), TimeUnit.NANOSECONDS);
                if (batch != null) {
                    take(batch);
                }
                evaluateWhenDue();
            }
        } catch (InterruptedException e) {
            // The one reason to interrupt is close(); the thread ends here.
            running = false;
        }
    }

    private void take(Batch batch) {
        for (Observation observation : batch.observations()) {
            if (state.accept(observation)) {
                surroundings.metrics().taken(observation);
                observers.forEach(observer -> observer.accept(observation));
            } else {
                surroundings.metrics().leftOut(observation);
            }
        }
        batch.taken().run();
    }

    private long waitNanos() {
        long now = Nanos.now(surroundings.clock());
        return Math.clamp(nextEvaluation - now, 0, limits.evaluationInterval().toNanos());
    }

    private void evaluateWhenDue() {
        long now = Nanos.now(surroundings.clock());
        if (now < nextEvaluation) {
            return;
        }
        nextEvaluation = now + limits.evaluationInterval().toNanos();
        SentimentSnapshot snapshot = evaluate(newest.sequence() + 1, now);
        newest = snapshot;
        long elapsed = Nanos.now(surroundings.clock()) - now;
        surroundings.metrics().evaluated(snapshot, Math.max(0, elapsed));
        for (Consumer<SentimentSnapshot> listener : listeners) {
            listener.accept(snapshot);
        }
        if (now >= nextHistory) {
            nextHistory = now + limits.historyInterval().toNanos();
            surroundings.history().keep(snapshot);
        }
    }

    private SentimentSnapshot evaluate(long sequence, long now) {
        TreeMap<InstrumentId, Rated> rated = new TreeMap<>();
        for (InstrumentId id : state.instruments()) {
            state.score(id, now).ifPresent(score -> rated.put(id, rate(score, now)));
        }
        return new SentimentSnapshot(sequence, rate(state.marketScore(now), now), rated);
    }

    private Rated rate(Score score, long now) {
        RiskAdjuster adjuster =
                adjusters.computeIfAbsent(score.instrument(), id -> new RiskAdjuster(adjustments));
        adjuster.update(score, now);
        return new Rated(score, adjuster.at(score.instrument(), now));
    }

    private record Batch(List<Observation> observations, Runnable taken) {}
}

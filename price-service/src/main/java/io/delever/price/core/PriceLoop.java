package io.delever.price.core;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.pricing.IndexDefinition;
import io.delever.engine.pricing.IndexPrice;
import io.delever.engine.pricing.PriceEngine;
import io.delever.engine.pricing.Tick;
import io.delever.engine.pricing.TickOutcome;
import io.delever.price.core.BatchAnswer.RejectedTick;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The one thread that owns the engine. Work waits in a bounded queue; a full queue is said so at
 * once (PSVC-004). Every flush interval it moves the engine's time on and publishes what changed.
 */
public final class PriceLoop implements AutoCloseable {
    private static final Logger LOG = System.getLogger(PriceLoop.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final PriceEngine engine;
    private final PricePublisher publisher;
    private final CandleHistory history;
    private final PriceMetrics metrics;
    private final AlarmWatch alarms;
    private final InstantSource clock;
    private final QueueLimits limits;
    private final long flushNanos;
    private final long heartbeatNanos;
    private final BlockingQueue<Work> queue;
    private final Set<InstrumentId> listed = new TreeSet<>();
    private final AtomicInteger queuedTicks = new AtomicInteger();
    private final Thread thread;
    private volatile boolean closing;
    private volatile long lastBeatNanos;
    private volatile Optional<Throwable> failure = Optional.empty();
    private long lastFlushNanos;
    private long lastPublishNanos;

    private sealed interface Work {
        record Ticks(TickBatch batch) implements Work {}

        record Define(IndexDefinition definition, CompletableFuture<Boolean> done)
                implements Work {}

        record Halt(Set<InstrumentId> halted, CompletableFuture<Boolean> done) implements Work {}

        record Stop() implements Work {}
    }

    PriceLoop(
            CoreSettings settings,
            PricePublisher publisher,
            CandleHistory history,
            PriceMetrics metrics,
            InstantSource clock) {
        this.engine = new PriceEngine(settings.pricing());
        this.publisher = publisher;
        this.history = history;
        this.metrics = metrics;
        this.alarms = new AlarmWatch(metrics);
        this.clock = clock;
        this.limits = settings.queue();
        this.flushNanos = settings.stream().flushInterval().toNanos();
        this.heartbeatNanos = settings.stream().heartbeatInterval().toNanos();
        this.queue = new ArrayBlockingQueue<>(limits.batches());
        this.thread = Thread.ofPlatform().name("price-loop").daemon(true).unstarted(this::run);
    }

    /** Applies the definitions and halts that stand, publishes them and starts to take work. */
    void start(List<IndexDefinition> definitions, Set<InstrumentId> halted) {
        long now = EpochNanos.of(clock);
        for (IndexDefinition definition : definitions) {
            define(definition, halted);
        }
        lastBeatNanos = now;
        flush(now);
        thread.start();
    }

    /** Most ticks that one batch may have. */
    public int ticksPerBatch() {
        return limits.ticksPerBatch();
    }

    /**
     * Hands a batch over; false where there is no room or the loop is closing. Never waits.
     *
     * @throws IllegalArgumentException where the batch has more ticks than one may have
     */
    public boolean offer(TickBatch batch) {
        int size = batch.ticks().size();
        if (size > limits.ticksPerBatch()) {
            throw new IllegalArgumentException(
                    "ticks in a batch: %d, limit %d".formatted(size, limits.ticksPerBatch()));
        }
        if (closing || !isAlive() || queuedTicks.addAndGet(size) > limits.ticks()) {
            return refuse(size);
        }
        return queue.offer(new Work.Ticks(batch)) || refuse(size);
    }

    private boolean refuse(int ticks) {
        queuedTicks.addAndGet(-ticks);
        metrics.batchRefused(ticks);
        return false;
    }

    /**
     * Applies a definition and publishes its first price; returns when that is done.
     *
     * @throws LoopUnavailableException where the loop does not do it in time
     */
    void define(IndexDefinition definition) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        await(new Work.Define(definition, done), done);
    }

    /**
     * Halts exactly these of the listed instruments and publishes what changes; returns when that
     * is done (PSVC-061).
     *
     * @throws LoopUnavailableException where the loop does not do it in time
     */
    void halt(Set<InstrumentId> halted) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        await(new Work.Halt(Set.copyOf(halted), done), done);
    }

    private void await(Work work, CompletableFuture<Boolean> done) {
        try {
            boolean queued =
                    !closing
                            && isAlive()
                            && queue.offer(work, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (!queued || !done.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new LoopUnavailableException("the price loop takes no definition now");
            }
        } catch (TimeoutException | ExecutionException e) {
            LOG.log(Level.WARNING, "definition or halt not applied in time", e);
            throw new LoopUnavailableException("the price loop did not answer in " + PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoopUnavailableException("interrupted while waiting for the price loop");
        }
    }

    /** Whether the thread runs and has not failed. */
    public boolean isAlive() {
        return thread.isAlive() && failure.isEmpty();
    }

    /** Time since its last turn. */
    public Duration sinceLastBeat() {
        return Duration.ofNanos(Math.subtractExact(EpochNanos.of(clock), lastBeatNanos));
    }

    /** Batches that wait. */
    public int queuedBatches() {
        return queue.size();
    }

    private void run() {
        try {
            boolean open = true;
            while (open) {
                Optional<Work> work =
                        Optional.ofNullable(queue.poll(nanosToFlush(), TimeUnit.NANOSECONDS));
                long now = EpochNanos.of(clock);
                lastBeatNanos = now;
                open = work.isEmpty() || perform(work.get(), now);
                if (work.isEmpty() || isFlushDue(now)) {
                    flush(now);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            // A broken invariant: stop acting, let liveness say so, and let a human look.
            failure = Optional.of(e);
            LOG.log(Level.ERROR, "the price loop stopped", e);
        }
    }

    private boolean perform(Work work, long now) {
        return switch (work) {
            case Work.Ticks(TickBatch batch) -> {
                batch.answer().accept(take(batch.ticks(), now));
                queuedTicks.addAndGet(-batch.ticks().size());
                yield true;
            }
            case Work.Define(IndexDefinition definition, CompletableFuture<Boolean> done) -> {
                engine.apply(definition);
                listed.add(definition.instrument());
                flush(now);
                done.complete(true);
                yield true;
            }
            case Work.Halt(Set<InstrumentId> halted, CompletableFuture<Boolean> done) -> {
                listed.forEach(instrument -> hold(instrument, halted));
                flush(now);
                done.complete(true);
                yield true;
            }
            case Work.Stop stop -> false;
        };
    }

    private void define(IndexDefinition definition, Set<InstrumentId> halted) {
        engine.apply(definition);
        listed.add(definition.instrument());
        hold(definition.instrument(), halted);
    }

    private void hold(InstrumentId instrument, Set<InstrumentId> halted) {
        boolean changed =
                halted.contains(instrument) ? engine.halt(instrument) : engine.resume(instrument);
        if (changed) {
            LOG.log(
                    Level.WARNING,
                    halted.contains(instrument) ? "halted: {0}" : "resumed: {0}",
                    instrument.value());
        }
    }

    private BatchAnswer take(List<Tick> ticks, long now) {
        int accepted = 0;
        List<RejectedTick> rejections = new ArrayList<>();
        for (int i = 0; i < ticks.size(); i++) {
            Tick tick = ticks.get(i);
            switch (engine.onTick(tick, now)) {
                case TickOutcome.Accepted taken -> {
                    accepted++;
                    metrics.tickAccepted(tick, now - tick.eventTimeNanos());
                }
                case TickOutcome.Rejected rejected -> {
                    rejections.add(new RejectedTick(i, rejected.reason(), rejected.detail()));
                    metrics.tickRejected(tick, rejected.reason());
                }
            }
        }
        return new BatchAnswer(accepted, rejections);
    }

    private long nanosToFlush() {
        long left = flushNanos - (EpochNanos.of(clock) - lastFlushNanos);
        return Math.clamp(left, 0, flushNanos);
    }

    /** A clock that went back makes it due as well. */
    private boolean isFlushDue(long now) {
        return now - lastFlushNanos >= flushNanos || now < lastFlushNanos;
    }

    private void flush(long now) {
        lastFlushNanos = now;
        List<IndexPrice> changed = engine.advance(now);
        alarms.take(engine.drainAlarms());
        boolean silent = now - lastPublishNanos >= heartbeatNanos || now < lastPublishNanos;
        if (!changed.isEmpty() || silent) {
            publisher.publish(changed);
            history.add(changed);
            lastPublishNanos = now;
        }
    }

    /** Takes no more work, answers what waits, and ends. */
    @Override
    public void close() {
        closing = true;
        try {
            if (thread.isAlive()
                    && queue.offer(new Work.Stop(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.join(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
    }
}

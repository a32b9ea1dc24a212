package io.delever.price.core;

import io.delever.engine.pricing.Candle;
import io.delever.engine.pricing.CandleInterval;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Writes candles to the store on a thread of its own and forgets old ones (PSVC-051 to PSVC-055).
 * While the store does not answer they wait, and prices go on.
 */
public final class HistoryWriter implements AutoCloseable {
    private static final Logger LOG = System.getLogger(HistoryWriter.class.getName());
    private static final Duration FORGET_EVERY = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final CandleHistory history;
    private final CandleStore store;
    private final HistorySettings settings;
    private final InstantSource clock;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("price-history").daemon(true).factory());
    private final List<Future<?>> work = new ArrayList<>();
    private boolean away;

    HistoryWriter(
            CandleHistory history,
            CandleStore store,
            HistorySettings settings,
            InstantSource clock) {
        this.history = history;
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    /** Goes on with the candles of before and starts to write. */
    void start() {
        long now = EpochNanos.of(clock);
        for (CandleInterval interval : CandleInterval.values()) {
            history.resume(store.startingAt(interval, interval.startOf(now)));
        }
        long every = settings.writeInterval().toNanos();
        work.add(thread.scheduleWithFixedDelay(this::write, every, every, TimeUnit.NANOSECONDS));
        work.add(
                thread.scheduleWithFixedDelay(
                        this::forget, 0, FORGET_EVERY.toNanos(), TimeUnit.NANOSECONDS));
    }

    /**
     * Candles in order of their start, the newest state of each.
     *
     * @throws StoreUnavailableException where the store does not answer
     */
    public List<Candle> read(CandleStore.Query query) {
        return history.completed(query, store.read(query));
    }

    private void write() {
        List<StoredCandle> candles = history.take();
        if (candles.isEmpty()) {
            history.saved();
            return;
        }
        try {
            store.write(candles);
            history.saved();
            say(false, "candles are written again");
        } catch (StoreUnavailableException e) {
            history.notSaved();
            say(true, "candles wait for the database: " + e.getMessage());
        } catch (RuntimeException e) {
            // The top of the thread: a candle that cannot be written must not end the writing.
            history.notSaved();
            LOG.log(Level.ERROR, "candles could not be written", e);
        }
    }

    private void say(boolean nowAway, String what) {
        if (away != nowAway) {
            away = nowAway;
            LOG.log(Level.WARNING, what);
        }
    }

    private void forget() {
        long now = EpochNanos.of(clock);
        try {
            settings.retention()
                    .forEach(
                            (interval, kept) -> store.deleteBefore(interval, now - kept.toNanos()));
        } catch (StoreUnavailableException e) {
            LOG.log(Level.DEBUG, "old candles stay for now", e);
        } catch (RuntimeException e) {
            // The top of the thread, as above.
            LOG.log(Level.ERROR, "old candles could not be deleted", e);
        }
    }

    /** Writes what is there and ends; again changes nothing. */
    @Override
    public void close() {
        if (thread.isShutdown()) {
            return;
        }
        work.forEach(each -> each.cancel(false));
        thread.execute(this::write);
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(Level.WARNING, "candles of the last moments are not written");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.shutdownNow();
    }
}

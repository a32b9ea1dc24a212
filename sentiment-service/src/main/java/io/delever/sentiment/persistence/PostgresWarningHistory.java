package io.delever.sentiment.persistence;

import io.delever.sentiment.core.Nanos;
import io.delever.sentiment.core.RiskView.Graded;
import io.delever.sentiment.core.WarningHistory;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.persistence.EntityManager;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Keeps warnings in PostgreSQL on a thread of its own, with the retention of the scores; where the
 * database is slow or gone the oldest waiting look is dropped and counted (SSVC-022).
 */
public final class PostgresWarningHistory implements WarningHistory, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PostgresWarningHistory.class);
    private static final int TRIM_EVERY = 20;
    private static final long JOIN_MILLIS = 5_000;

    private final EntityManager entities;
    private final InstantSource clock;
    private final PostgresScoreHistory.Limits limits;
    private final BlockingQueue<List<Graded>> waiting;
    private final AtomicLong dropped = new AtomicLong();
    private final Thread thread;
    private volatile boolean running = true;
    private long writes;

    /** A history that writes once {@link #start} was called. */
    public PostgresWarningHistory(
            EntityManager entities, InstantSource clock, PostgresScoreHistory.Limits limits) {
        this.entities = entities;
        this.clock = clock;
        this.limits = limits;
        this.waiting = new ArrayBlockingQueue<>(limits.waitingSnapshots());
        this.thread = Thread.ofPlatform().daemon().name("warning-history").unstarted(this::run);
    }

    /** Starts the thread. */
    public void start() {
        thread.start();
    }

    @Override
    public void keep(List<Graded> warnings) {
        while (!waiting.offer(List.copyOf(warnings))) {
            if (waiting.poll() != null) {
                dropped.incrementAndGet();
            }
        }
    }

    /** Looks that were never written. */
    public long droppedCount() {
        return dropped.get();
    }

    @Override
    public List<Kept> newest(Query query) {
        return QuarkusTransaction.requiringNew()
                .call(
                        () ->
                                WarningRow.<WarningRow>find(
                                                "(?1 = '' or instrumentId = ?1) and (?2 = 0L or"
                                                        + " horizonNanos = ?2) and id < ?3"
                                                        + " order by id desc",
                                                query.instrument(),
                                                query.horizonNanos(),
                                                query.beforeId())
                                        .page(0, query.most())
                                        .list()
                                        .stream()
                                        .map(WarningRow::toCore)
                                        .toList());
    }

    /** Writes what waits and ends. */
    @Override
    public void close() {
        running = false;
        thread.interrupt();
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (running) {
            try {
                write(waiting.take());
            } catch (InterruptedException e) {
                // Only close() interrupts; what waits is written below.
                running = false;
            }
        }
        for (List<Graded> last = waiting.poll(); last != null; last = waiting.poll()) {
            write(last);
        }
    }

    private void write(List<Graded> warnings) {
        try {
            QuarkusTransaction.requiringNew()
                    .run(
                            () ->
                                    warnings.forEach(
                                            one ->
                                                    WarningRow.of(one)
                                                            .ifPresent(entities::persist)));
            writes++;
            if (writes % TRIM_EVERY == 1) {
                QuarkusTransaction.requiringNew().run(this::trim);
            }
        } catch (RuntimeException e) {
            // The top of this thread: whatever the database does, the next look is tried.
            dropped.incrementAndGet();
            LOG.warnf("%d warnings not kept: %s", warnings.size(), e.getMessage());
        }
    }

    /** Deletes what is too old and the oldest rows beyond the greatest number. */
    void trim() {
        long oldest = Nanos.now(clock) - limits.retention().toNanos();
        long deleted = WarningRow.delete("eventTimeNanos < ?1", oldest);
        Long newest =
                entities.createQuery("select max(id) from WarningRow", Long.class)
                        .getSingleResult();
        if (newest != null) {
            deleted += WarningRow.delete("id <= ?1", newest - limits.maximumRows());
        }
        if (deleted > 0) {
            LOG.debugf("%d warnings deleted by retention", deleted);
        }
    }
}

package io.delever.sentiment.persistence;

import io.delever.engine.sentiment.RiskAdjustment;
import io.delever.sentiment.core.Nanos;
import io.delever.sentiment.core.ScoreHistory;
import io.delever.sentiment.core.SentimentSnapshot;
import io.delever.sentiment.core.SentimentSnapshot.Rated;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Keeps scores in PostgreSQL on a thread of its own: one transaction for a snapshot, the oldest
 * waiting snapshot dropped where the database is slow, and no more rows than the retention allows
 * (SSVC-009, SSVC-010).
 */
public final class PostgresScoreHistory implements ScoreHistory, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PostgresScoreHistory.class);
    private static final int TRIM_EVERY = 20;
    private static final long JOIN_MILLIS = 5_000;

    private final EntityManager entities;
    private final InstantSource clock;
    private final Limits limits;
    private final BlockingQueue<SentimentSnapshot> waiting;
    private final AtomicLong kept = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final Thread thread;
    private volatile boolean running = true;
    private long writes;

    /**
     * What is kept.
     *
     * @param retention rows older than this are deleted
     * @param maximumRows and the oldest rows beyond this number
     * @param waitingSnapshots most snapshots that wait for the database
     */
    public record Limits(Duration retention, long maximumRows, int waitingSnapshots) {
        /** Refuses limits that cannot work. */
        public Limits {
            if (!retention.isPositive() || maximumRows < 1 || waitingSnapshots < 1) {
                throw new IllegalArgumentException(
                        "history limits must be positive, got "
                                + retention
                                + ", "
                                + maximumRows
                                + ", "
                                + waitingSnapshots);
            }
        }
    }

    /** A history that writes once {@link #start} was called. */
    public PostgresScoreHistory(EntityManager entities, InstantSource clock, Limits limits) {
        this.entities = entities;
        this.clock = clock;
        this.limits = limits;
        this.waiting = new ArrayBlockingQueue<>(limits.waitingSnapshots());
        this.thread = Thread.ofPlatform().daemon().name("score-history").unstarted(this::run);
    }

    /** Starts the thread. */
    public void start() {
        thread.start();
    }

    @Override
    public List<RiskAdjustment> lastAdjustments() {
        return QuarkusTransaction.requiringNew()
                .call(
                        () ->
                                AdjustmentRow.<AdjustmentRow>listAll().stream()
                                        .map(AdjustmentRow::toEngine)
                                        .toList());
    }

    @Override
    public void keep(SentimentSnapshot snapshot) {
        while (!waiting.offer(snapshot)) {
            if (waiting.poll() != null) {
                dropped.incrementAndGet();
            }
        }
    }

    /** Snapshots written since the start. */
    public long keptCount() {
        return kept.get();
    }

    /** Snapshots that were never written. */
    public long droppedCount() {
        return dropped.get();
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
        for (SentimentSnapshot last = waiting.poll(); last != null; last = waiting.poll()) {
            write(last);
        }
    }

    private void write(SentimentSnapshot snapshot) {
        try {
            QuarkusTransaction.requiringNew().run(() -> persist(snapshot));
            kept.incrementAndGet();
            writes++;
            if (writes % TRIM_EVERY == 1) {
                QuarkusTransaction.requiringNew().run(this::trim);
            }
        } catch (RuntimeException e) {
            // The top of this thread: whatever the database does, the next snapshot is tried.
            dropped.incrementAndGet();
            LOG.warnf("scores of sequence %d not kept: %s", snapshot.sequence(), e.getMessage());
        }
    }

    private void persist(SentimentSnapshot snapshot) {
        for (Rated rated : snapshot.all()) {
            entities.persist(ScoreRow.of(rated.score()));
            entities.merge(AdjustmentRow.of(rated.adjustment()));
        }
    }

    /** Deletes what is too old and the oldest rows beyond the greatest number. */
    void trim() {
        long oldest = Nanos.now(clock) - limits.retention().toNanos();
        long deleted = ScoreRow.delete("eventTimeNanos < ?1", oldest);
        Long newest =
                entities.createQuery("select max(id) from ScoreRow", Long.class).getSingleResult();
        if (newest != null) {
            deleted += ScoreRow.delete("id <= ?1", newest - limits.maximumRows());
        }
        if (deleted > 0) {
            LOG.debugf("%d scores deleted by retention", deleted);
        }
    }
}

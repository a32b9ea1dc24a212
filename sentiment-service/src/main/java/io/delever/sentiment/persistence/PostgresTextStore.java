package io.delever.sentiment.persistence;

import io.delever.engine.sentiment.TextVerdict;
import io.delever.sentiment.core.Nanos;
import io.delever.sentiment.core.TextStore;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.persistence.EntityManager;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps texts in PostgreSQL, with the retention of the scores (SSVC-031). */
public final class PostgresTextStore implements TextStore {
    private static final int TRIM_EVERY = 100;

    private final EntityManager entities;
    private final InstantSource clock;
    private final PostgresScoreHistory.Limits limits;
    private final AtomicLong writes = new AtomicLong();

    /** A store over {@code entities}. */
    public PostgresTextStore(
            EntityManager entities, InstantSource clock, PostgresScoreHistory.Limits limits) {
        this.entities = entities;
        this.clock = clock;
        this.limits = limits;
    }

    @Override
    public Optional<Kept> find(String id) {
        return QuarkusTransaction.requiringNew()
                .call(
                        () ->
                                TextRow.<TextRow>find("textId", id)
                                        .firstResultOptional()
                                        .map(TextRow::toCore));
    }

    @Override
    public void keep(TextVerdict verdict) {
        QuarkusTransaction.requiringNew().run(() -> entities.persist(TextRow.of(verdict)));
        if (writes.incrementAndGet() % TRIM_EVERY == 1) {
            QuarkusTransaction.requiringNew().run(this::trim);
        }
    }

    @Override
    public List<Kept> newest(long beforeSequence, int most) {
        return QuarkusTransaction.requiringNew()
                .call(
                        () ->
                                TextRow.<TextRow>find(
                                                "sequence < ?1 order by sequence desc",
                                                beforeSequence)
                                        .page(0, most)
                                        .list()
                                        .stream()
                                        .map(TextRow::toCore)
                                        .toList());
    }

    /** Deletes what is too old and the oldest rows beyond the greatest number. */
    void trim() {
        TextRow.delete("eventTimeNanos < ?1", Nanos.now(clock) - limits.retention().toNanos());
        Long newest =
                entities.createQuery("select max(sequence) from TextRow", Long.class)
                        .getSingleResult();
        if (newest != null) {
            TextRow.delete("sequence <= ?1", newest - limits.maximumRows());
        }
    }
}

package io.delever.sentiment.persistence;

import io.delever.engine.sentiment.ScoreConverter;
import io.delever.engine.sentiment.TextItem;
import io.delever.engine.sentiment.TextVerdict;
import io.delever.sentiment.core.TextStore.Kept;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** One text with what became of it. */
@Entity
@Table(name = "text_item")
public class TextRow extends PanacheEntityBase {
    /** The order of arrival. */
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "text_seq")
    @SequenceGenerator(name = "text_seq", sequenceName = "text_seq", allocationSize = 1)
    public long sequence;

    /** The sender's id. */
    @Column(name = "text_id", nullable = false, unique = true)
    public String textId = "";

    /** Who said it. */
    @Column(nullable = false)
    public String source = "";

    /** When. */
    @Column(name = "event_time_nanos", nullable = false)
    public long eventTimeNanos;

    /** What. */
    @Column(nullable = false)
    public String body = "";

    /** What became of it. */
    @Column(nullable = false)
    public String outcome = "";

    /** Its score in millionths; absent where it does not count. */
    @Column(name = "score_micros")
    public @org.jspecify.annotations.Nullable Long scoreMicros;

    /** With which it counts. */
    @Column(nullable = false)
    public double weight;

    /** What it is about. */
    @JdbcTypeCode(SqlTypes.JSON)
    @Column(nullable = false)
    public List<String> instruments = new ArrayList<>();

    static TextRow of(TextVerdict verdict) {
        TextRow row = new TextRow();
        row.textId = verdict.item().id();
        row.source = verdict.item().source();
        row.eventTimeNanos = verdict.item().eventTimeNanos();
        row.body = verdict.item().text();
        row.outcome = verdict.outcome().name();
        if (verdict.score().isPresent()) {
            row.scoreMicros = ScoreConverter.micros(verdict.score().getAsDouble());
        }
        row.weight = verdict.weight();
        row.instruments = new ArrayList<>(verdict.instruments());
        return row;
    }

    Kept toCore() {
        Long micros = scoreMicros;
        return new Kept(
                sequence,
                new TextVerdict(
                        new TextItem(textId, source, eventTimeNanos, body, List.of()),
                        TextVerdict.Outcome.valueOf(outcome),
                        micros == null
                                ? OptionalDouble.empty()
                                : OptionalDouble.of(micros / 1_000_000d),
                        weight,
                        instruments));
    }
}

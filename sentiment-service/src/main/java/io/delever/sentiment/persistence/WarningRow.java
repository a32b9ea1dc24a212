package io.delever.sentiment.persistence;

import io.delever.engine.sentiment.AlertLevel;
import io.delever.engine.sentiment.ScoreConverter;
import io.delever.sentiment.core.RiskView.Graded;
import io.delever.sentiment.core.WarningHistory.Kept;
import io.delever.sentiment.core.WarningHistory.Said;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.util.Optional;

/** One warning of the history; without a probability nothing is kept. */
@Entity
@Table(name = "warning")
public class WarningRow extends PanacheEntityBase {
    /** Rises with time. */
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "warning_seq")
    @SequenceGenerator(name = "warning_seq", sequenceName = "warning_seq", allocationSize = 100)
    public long id;

    /** Which instrument. */
    @Column(name = "instrument_id", nullable = false)
    public String instrumentId = "";

    /** When it was said. */
    @Column(name = "event_time_nanos", nullable = false)
    public long eventTimeNanos;

    /** How far it looked. */
    @Column(name = "horizon_nanos", nullable = false)
    public long horizonNanos;

    /** The probability that was shown. */
    @Column(name = "probability_ppm", nullable = false)
    public long probabilityPpm;

    /** Whose it was. */
    @Column(name = "shown_predictor", nullable = false)
    public String shownPredictor = "";

    /** How loud. */
    @Column(nullable = false)
    public String level = "";

    static Optional<WarningRow> of(Graded graded) {
        return graded.warning()
                .probability()
                .map(
                        probability -> {
                            WarningRow row = new WarningRow();
                            row.instrumentId = graded.warning().series();
                            row.eventTimeNanos = graded.eventTimeNanos();
                            row.horizonNanos = graded.warning().horizon().nanos();
                            row.probabilityPpm = ScoreConverter.rate(probability).ppm();
                            row.shownPredictor = graded.warning().shown().orElseThrow().id();
                            row.level = graded.level().name();
                            return row;
                        });
    }

    Kept toCore() {
        return new Kept(
                id,
                new Said(instrumentId, eventTimeNanos, horizonNanos),
                probabilityPpm,
                shownPredictor,
                AlertLevel.valueOf(level));
    }
}

package io.delever.sentiment.persistence;

import io.delever.engine.sentiment.Contribution;
import io.delever.engine.sentiment.Score;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.util.Map;
import java.util.TreeMap;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** One score of the history; the empty instrument id is the market. */
@Entity
@Table(name = "score")
public class ScoreRow extends PanacheEntityBase {
    /** Rises with time. */
    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "score_seq")
    @SequenceGenerator(name = "score_seq", sequenceName = "score_seq", allocationSize = 100)
    public long id;

    /** Empty for the market. */
    @Column(name = "instrument_id", nullable = false)
    public String instrumentId = "";

    /** When it was so. */
    @Column(name = "event_time_nanos", nullable = false)
    public long eventTimeNanos;

    /** The score in millionths of a point. */
    @Column(name = "score_micros", nullable = false)
    public long scoreMicros;

    /** The level in words. */
    @Column(nullable = false)
    public String level = "";

    /** Share of the weight of all signals that was present. */
    @Column(name = "confidence_ppm", nullable = false)
    public long confidencePpm;

    /** Signal to millionths of a point. */
    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "contribution_micros", nullable = false)
    public Map<String, Long> contributionMicros = new TreeMap<>();

    static ScoreRow of(Score score) {
        ScoreRow row = new ScoreRow();
        row.instrumentId = score.instrument().map(Object::toString).orElse("");
        row.eventTimeNanos = score.eventTimeNanos();
        row.scoreMicros = score.micros();
        row.level = score.level().name();
        row.confidencePpm = score.confidence().ppm();
        for (Contribution contribution : score.contributions()) {
            row.contributionMicros.put(contribution.signal().id(), contribution.micros());
        }
        return row;
    }
}

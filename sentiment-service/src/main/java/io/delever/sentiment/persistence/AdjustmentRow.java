package io.delever.sentiment.persistence;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Rate;
import io.delever.engine.sentiment.RiskAdjustment;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Optional;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** The adjustment of one instrument as it was last kept; the empty instrument id is the market. */
@Entity
@Table(name = "risk_adjustment")
public class AdjustmentRow extends PanacheEntityBase {
    /** Empty for the market. */
    @Id
    @Column(name = "instrument_id")
    public String instrumentId = "";

    /** Initial margin times this. */
    @Column(name = "multiplier_ppm", nullable = false)
    public long multiplierPpm;

    /** The greatest multiplier. */
    @Column(name = "bound_ppm", nullable = false)
    public long boundPpm;

    /** After this the multiplier is 1 again. */
    @Column(name = "expires_at_nanos", nullable = false)
    public long expiresAtNanos;

    /** Why. */
    @JdbcTypeCode(SqlTypes.JSON)
    @Column(nullable = false)
    public List<String> reasons = List.of();

    static AdjustmentRow of(RiskAdjustment adjustment) {
        AdjustmentRow row = new AdjustmentRow();
        row.instrumentId = adjustment.instrument().map(Object::toString).orElse("");
        row.multiplierPpm = adjustment.multiplier().ppm();
        row.boundPpm = adjustment.bound().ppm();
        row.expiresAtNanos = adjustment.expiresAtNanos();
        row.reasons = adjustment.reasons();
        return row;
    }

    RiskAdjustment toEngine() {
        Optional<InstrumentId> instrument =
                instrumentId.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new InstrumentId(instrumentId));
        return new RiskAdjustment(
                instrument,
                new Rate(multiplierPpm),
                new Rate(boundPpm),
                expiresAtNanos,
                List.copyOf(reasons));
    }
}

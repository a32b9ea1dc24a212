package io.delever.price.persistence;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

/** One candle of the index price of one instrument. */
@Entity
@Table(name = "price_candle")
@IdClass(CandleId.class)
public class CandleEntity extends PanacheEntityBase {
    /** The instrument. */
    @Id
    @Column(name = "instrument_id", nullable = false, length = 64)
    public String instrumentId;

    /** Length in seconds. */
    @Id
    @Column(name = "interval_seconds", nullable = false)
    public int intervalSeconds;

    /** Start, since the Unix epoch. */
    @Id
    @Column(name = "start_nanos", nullable = false)
    public long startNanos;

    /** First price × 10⁸. */
    @Column(name = "open_e8", nullable = false)
    public long openE8;

    /** Greatest price × 10⁸. */
    @Column(name = "high_e8", nullable = false)
    public long highE8;

    /** Least price × 10⁸. */
    @Column(name = "low_e8", nullable = false)
    public long lowE8;

    /** Last price × 10⁸. */
    @Column(name = "close_e8", nullable = false)
    public long closeE8;

    /** How many prices. */
    @Column(name = "updates", nullable = false)
    public long updates;
}

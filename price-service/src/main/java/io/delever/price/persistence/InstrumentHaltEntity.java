package io.delever.price.persistence;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** One halt of an instrument or one end of a halt; rows are only ever added. */
@Entity
@Table(name = "instrument_halt")
public class InstrumentHaltEntity extends PanacheEntityBase {
    /** Rises with each stored change. */
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    /** The command. */
    @Column(name = "command_id", nullable = false, updatable = false, length = 128)
    public String commandId;

    /** The instrument. */
    @Column(name = "instrument_id", nullable = false, updatable = false, length = 64)
    public String instrumentId;

    /** Whether it is a halt, else the end of one. */
    @Column(name = "halted", nullable = false, updatable = false)
    public boolean halted;

    /** Why. */
    @Column(name = "reason", nullable = false, updatable = false, length = 256)
    public String reason;

    /** When it was received. */
    @Column(name = "received_at_nanos", nullable = false, updatable = false)
    public long receivedAtNanos;
}

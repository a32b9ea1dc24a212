package io.delever.liquidation.persistence;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** One event of a case. Written by {@link PostgresCaseStore}, never changed. */
@Entity
@Table(name = "case_event")
@IdClass(CaseEventEntity.Key.class)
public class CaseEventEntity extends PanacheEntityBase {
    /** The case. */
    @Id
    @Column(name = "case_id", length = 40)
    public String caseId;

    /** From 1, without gaps within the case. */
    @Id
    @Column(name = "sequence")
    public int sequence;

    /** Name of the event. */
    @Column(name = "kind", nullable = false, length = 32)
    public String kind;

    /** Nanoseconds since the Unix epoch. */
    @Column(name = "event_time_nanos", nullable = false)
    public long eventTimeNanos;

    /** The event as JSON; see {@link CaseEventCodec}. */
    @Column(name = "payload", nullable = false, columnDefinition = "text")
    public String payload;

    /** Case and place. */
    public record Key(String caseId, int sequence) implements Serializable {}
}

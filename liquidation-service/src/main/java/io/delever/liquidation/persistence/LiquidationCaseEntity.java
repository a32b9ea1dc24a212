package io.delever.liquidation.persistence;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A case without its events, for lists. Written by {@link PostgresCaseStore}. */
@Entity
@Table(name = "liquidation_case")
public class LiquidationCaseEntity extends PanacheEntityBase {
    /** The case. */
    @Id
    @Column(name = "case_id", length = 40)
    public String caseId;

    /** Place in the order of opening. */
    @Column(name = "number", nullable = false, insertable = false, updatable = false)
    public long number;

    /** Whose positions are reduced. */
    @Column(name = "account_id", nullable = false, length = 64)
    public String accountId;

    /** Name of the state. */
    @Column(name = "state", nullable = false, length = 16)
    public String state;

    /** Name of the outcome; null while it is open. */
    @Column(name = "outcome", length = 16)
    public @Nullable String outcome;

    /** Nanoseconds since the Unix epoch. */
    @Column(name = "opened_at_nanos", nullable = false)
    public long openedAtNanos;

    /** Nanoseconds since the Unix epoch. */
    @Column(name = "updated_at_nanos", nullable = false)
    public long updatedAtNanos;

    /** Money × 10⁸. */
    @Column(name = "equity_at_open_e8", nullable = false)
    public long equityAtOpenE8;

    /** Money × 10⁸. */
    @Column(name = "maintenance_margin_at_open_e8", nullable = false)
    public long maintenanceMarginAtOpenE8;

    /** Money × 10⁸. */
    @Column(name = "closed_notional_e8", nullable = false)
    public long closedNotionalE8;

    /** Money × 10⁸. */
    @Column(name = "fee_e8", nullable = false)
    public long feeE8;

    /** Money × 10⁸. */
    @Column(name = "fund_paid_e8", nullable = false)
    public long fundPaidE8;

    /** Money × 10⁸. */
    @Column(name = "adl_notional_e8", nullable = false)
    public long adlNotionalE8;

    /** Number of persisted events. */
    @Column(name = "event_count", nullable = false)
    public int eventCount;
}

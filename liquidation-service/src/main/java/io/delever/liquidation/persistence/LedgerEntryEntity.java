package io.delever.liquidation.persistence;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * One entry of the insurance fund's ledger. Written by {@link PostgresCaseStore}, never changed.
 */
@Entity
@Table(name = "ledger_entry")
public class LedgerEntryEntity extends PanacheEntityBase {
    /** From 1, without gaps. */
    @Id
    @Column(name = "sequence")
    public long sequence;

    /** Unique for ever. */
    @Column(name = "entry_id", nullable = false, length = 160)
    public String entryId;

    /** Name of the ledger account whose debit side grows. */
    @Column(name = "debit_account", nullable = false, length = 16)
    public String debitAccount;

    /** Name of the ledger account whose credit side grows. */
    @Column(name = "credit_account", nullable = false, length = 16)
    public String creditAccount;

    /** The asset. */
    @Column(name = "asset_id", nullable = false, length = 64)
    public String assetId;

    /** Money × 10⁸, greater than 0. */
    @Column(name = "amount_e8", nullable = false)
    public long amountE8;

    /** The case behind it, empty for contributions. */
    @Column(name = "case_id", nullable = false, length = 40)
    public String caseId;

    /** Nanoseconds since the Unix epoch. */
    @Column(name = "event_time_nanos", nullable = false)
    public long eventTimeNanos;
}

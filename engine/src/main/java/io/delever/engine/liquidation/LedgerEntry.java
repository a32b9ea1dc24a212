package io.delever.engine.liquidation;

import io.delever.engine.market.AssetId;
import io.delever.engine.money.Money;
import java.util.Objects;

/**
 * One entry of the insurance fund's ledger: the same amount leaves one ledger account and reaches
 * another (FUND-001).
 *
 * @param entryId unique for ever; chosen by whoever asks for the entry
 * @param debit the ledger account whose debit side grows
 * @param credit the ledger account whose credit side grows
 * @param asset the settlement asset
 * @param amount greater than zero
 * @param caseId the liquidation case behind it, empty for contributions
 * @param eventTimeNanos when it happened, nanoseconds since the epoch
 */
public record LedgerEntry(
        String entryId,
        LedgerAccount debit,
        LedgerAccount credit,
        AssetId asset,
        Money amount,
        String caseId,
        long eventTimeNanos) {

    public LedgerEntry {
        Objects.requireNonNull(asset, "asset");
        Objects.requireNonNull(caseId, "caseId");
        if (entryId.isEmpty()) {
            throw new IllegalArgumentException("a ledger entry needs an id");
        }
        if (debit == credit) {
            throw new IllegalArgumentException(
                    "entry " + entryId + " debits and credits the same ledger account " + debit);
        }
        if (amount.signum() <= 0) {
            throw new IllegalArgumentException(
                    "entry " + entryId + " has amount " + amount + ", must be greater than 0");
        }
    }
}

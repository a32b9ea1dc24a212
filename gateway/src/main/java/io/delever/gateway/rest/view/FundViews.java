package io.delever.gateway.rest.view;

import io.delever.contracts.liquidation.v1.FundBalance;
import io.delever.contracts.liquidation.v1.LedgerEntry;
import io.delever.gateway.rest.json.Decimal;
import io.delever.gateway.rest.json.Timestamp;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The insurance fund as the gateway shows it. */
public final class FundViews {
    private FundViews() {}

    /** The fund. */
    public record FundView(
            List<FundBalanceView> balances,
            @Schema(
                            description =
                                    "True where debits equal credits in every entry and every"
                                            + " balance is the sum of its entries.")
                    boolean balanced) {}

    /** The fund in one asset. */
    public record FundBalanceView(
            @Schema(examples = {"USD"}) String assetId,
            @Schema(description = "contributions + fees − paid; never below the floor.")
                    Decimal balance,
            Decimal floor,
            Decimal contributions,
            Decimal fees,
            Decimal paid,
            @Schema(description = "Held for orders that are at the venue now.") Decimal reserved) {

        /** From the wire. */
        public static FundBalanceView of(FundBalance balance) {
            return new FundBalanceView(
                    balance.getAssetId(),
                    new Decimal(balance.getBalanceE8()),
                    new Decimal(balance.getFloorE8()),
                    new Decimal(balance.getContributionsE8()),
                    new Decimal(balance.getFeesE8()),
                    new Decimal(balance.getPaidE8()),
                    new Decimal(balance.getReservedE8()));
        }
    }

    /** A page of ledger entries, newest first. */
    public record EntryList(
            List<EntryView> entries,
            @Schema(description = "Absent at the end.") Optional<String> nextPageToken) {}

    /** A double entry. */
    public record EntryView(
            long sequence,
            String entryId,
            String debitLedgerAccount,
            String creditLedgerAccount,
            String assetId,
            Decimal amount,
            Optional<String> caseId,
            Optional<Timestamp> eventTime) {

        /** From the wire. */
        public static EntryView of(LedgerEntry entry) {
            return new EntryView(
                    entry.getSequence(),
                    entry.getEntryId(),
                    entry.getDebitLedgerAccount(),
                    entry.getCreditLedgerAccount(),
                    entry.getAssetId(),
                    new Decimal(entry.getAmountE8()),
                    Views.text(entry.getCaseId()),
                    Timestamp.ofNonZero(entry.getEventTimeNanos()));
        }
    }
}

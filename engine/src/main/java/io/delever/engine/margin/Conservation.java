package io.delever.engine.margin;

import io.delever.engine.market.AssetId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Quantity;
import java.util.List;

/** Totals of one ledger, summed afresh from its state; every residue must be 0 (MARG-021). */
public record Conservation(
        List<OfAsset> assets,
        List<OfInstrument> instruments,
        long accountCount,
        long commandCount) {
    /** Copies the lists. */
    public Conservation {
        assets = List.copyOf(assets);
        instruments = List.copyOf(instruments);
    }

    /** Whether every residue is 0. */
    public boolean isConserved() {
        return assets.stream().allMatch(asset -> asset.residue().isZero())
                && instruments.stream().allMatch(instrument -> instrument.residue().isZero());
    }

    /**
     * Money of one asset.
     *
     * @param accounts balances less the cost of open positions
     * @param insurance what the fund received from accounts less what it paid to them
     * @param residue accounts + clearing + venue fees + insurance − net deposits
     */
    public record OfAsset(
            AssetId asset,
            Money accounts,
            Money clearing,
            Money venueFees,
            Money insurance,
            Money netDeposits,
            Money residue) {}

    /**
     * Sizes of one instrument.
     *
     * @param clearing 0 once both sides of every trade have arrived
     * @param residue accounts + clearing
     * @param openInterest sum of the long sizes
     * @param longAccounts accounts with a long position
     * @param shortAccounts accounts with a short position
     */
    public record OfInstrument(
            InstrumentId instrument,
            Quantity accounts,
            Quantity clearing,
            Quantity residue,
            Quantity openInterest,
            long longAccounts,
            long shortAccounts) {}
}

package io.delever.engine.margin;

import io.delever.engine.account.AccountView;
import io.delever.engine.account.Position;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sums over all accounts of a ledger.
 *
 * <p>Partial sums may wrap: admitted ranges keep every whole sum inside 64 bits, and then modular
 * addition is exact. A residue must be shown, not thrown, when something is broken.
 */
final class LedgerTotals {
    private final Map<AssetId, Long> money = new TreeMap<>();
    private final Map<InstrumentId, Long> sizes = new TreeMap<>();
    private final Map<InstrumentId, Long> longs = new TreeMap<>();
    private final Map<InstrumentId, Long> longAccounts = new TreeMap<>();
    private final Map<InstrumentId, Long> shortAccounts = new TreeMap<>();

    private LedgerTotals() {}

    static Conservation of(AccountLedger ledger) {
        LedgerTotals totals = new LedgerTotals();
        for (AccountView account : ledger.accounts()) {
            totals.add(account, ledger.instruments());
        }
        List<Conservation.OfAsset> assets = new ArrayList<>();
        for (AssetId asset : ledger.assets().keySet()) {
            assets.add(ofAsset(ledger.house(), asset, totals.money.getOrDefault(asset, 0L)));
        }
        List<Conservation.OfInstrument> instruments = new ArrayList<>();
        for (InstrumentId id : ledger.instruments().keySet()) {
            instruments.add(totals.ofInstrument(id, ledger.house().clearingSize(id)));
        }
        return new Conservation(assets, instruments, ledger.accounts().size(), ledger.sequence());
    }

    private void add(AccountView account, Map<InstrumentId, Instrument> instruments) {
        account.balances().forEach((asset, balance) -> money.merge(asset, balance.e8(), Long::sum));
        for (Position position : account.positions()) {
            InstrumentId id = position.instrument();
            Instrument instrument = instruments.get(id);
            if (instrument == null) {
                throw new IllegalStateException("a position in " + id + ", which is not listed");
            }
            money.merge(instrument.settlement(), -position.cost().e8(), Long::sum);
            sizes.merge(id, position.size().e8(), Long::sum);
            if (position.size().isLong()) {
                longs.merge(id, position.size().e8(), Long::sum);
                longAccounts.merge(id, 1L, Long::sum);
            } else {
                shortAccounts.merge(id, 1L, Long::sum);
            }
        }
    }

    private Conservation.OfInstrument ofInstrument(InstrumentId id, Quantity clearing) {
        long held = sizes.getOrDefault(id, 0L);
        return new Conservation.OfInstrument(
                id,
                new Quantity(held),
                clearing,
                new Quantity(held + clearing.e8()),
                new Quantity(longs.getOrDefault(id, 0L)),
                longAccounts.getOrDefault(id, 0L),
                shortAccounts.getOrDefault(id, 0L));
    }

    private static Conservation.OfAsset ofAsset(HouseAccounts house, AssetId asset, long accounts) {
        Money clearing = house.balance(Counterparty.CLEARING, asset);
        Money fees = house.balance(Counterparty.VENUE_FEES, asset);
        Money insurance = house.balance(Counterparty.INSURANCE_FUND, asset);
        Money netDeposits = house.balance(Counterparty.EXTERNAL, asset).negate();
        long residue = accounts + clearing.e8() + fees.e8() + insurance.e8() - netDeposits.e8();
        return new Conservation.OfAsset(
                asset,
                new Money(accounts),
                clearing,
                fees,
                insurance,
                netDeposits,
                new Money(residue));
    }
}

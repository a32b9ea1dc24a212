package io.delever.engine.margin;

import io.delever.engine.account.AdmittedRange;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Quantity;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The house's side of everything: what accounts gain, one of these loses, unit by unit. */
final class HouseAccounts {
    private final Map<Counterparty, TreeMap<AssetId, Money>> balances =
            new EnumMap<>(Counterparty.class);
    private final TreeMap<InstrumentId, Quantity> clearingSizes = new TreeMap<>();

    HouseAccounts() {
        for (Counterparty counterparty : Counterparty.values()) {
            balances.put(counterparty, new TreeMap<>());
        }
    }

    Money balance(Counterparty counterparty, AssetId asset) {
        return of(counterparty).getOrDefault(asset, Money.ZERO);
    }

    SortedMap<AssetId, Money> of(Counterparty counterparty) {
        TreeMap<AssetId, Money> found = balances.get(counterparty);
        if (found == null) {
            throw new IllegalStateException("no house account " + counterparty);
        }
        return found;
    }

    Quantity clearingSize(InstrumentId instrument) {
        return clearingSizes.getOrDefault(instrument, Quantity.ZERO);
    }

    SortedMap<InstrumentId, Quantity> clearingSizes() {
        return clearingSizes;
    }

    void add(Counterparty counterparty, AssetId asset, Money amount) {
        of(counterparty).merge(asset, amount, Money::plus);
    }

    void addClearingSize(InstrumentId instrument, Quantity size) {
        clearingSizes.merge(instrument, size, Quantity::plus);
    }

    /** Whether the house account stays in its admitted range after gaining {@code amount}. */
    boolean admits(Counterparty counterparty, AssetId asset, Money amount) {
        return AdmittedRange.isSumWithin(
                balance(counterparty, asset).e8(), amount.e8(), AdmittedRange.MAX_HOUSE_TOTAL_E8);
    }

    boolean admitsSize(InstrumentId instrument, Quantity size) {
        return AdmittedRange.isSumWithin(
                clearingSize(instrument).e8(), size.e8(), AdmittedRange.MAX_HOUSE_TOTAL_E8);
    }
}

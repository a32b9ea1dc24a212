package io.delever.engine.margin;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountView;
import io.delever.engine.account.Leverage;
import io.delever.engine.account.Position;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One account inside a ledger; changes only while an event is applied. */
final class LedgerAccount implements AccountView {
    private final AccountId id;
    private final TreeMap<AssetId, Money> balances = new TreeMap<>();
    private final SortedMap<AssetId, Money> balancesView =
            Collections.unmodifiableSortedMap(balances);
    private final TreeMap<InstrumentId, Position> positions = new TreeMap<>();
    private final TreeMap<InstrumentId, Leverage> leverages = new TreeMap<>();
    private List<Position> positionList = List.of();

    LedgerAccount(AccountId id) {
        this.id = id;
    }

    @Override
    public AccountId id() {
        return id;
    }

    @Override
    public SortedMap<AssetId, Money> balances() {
        return balancesView;
    }

    @Override
    public List<Position> positions() {
        return positionList;
    }

    @Override
    public Optional<Position> position(InstrumentId instrument) {
        return Optional.ofNullable(positions.get(instrument));
    }

    @Override
    public Optional<Leverage> leverage(InstrumentId instrument) {
        return Optional.ofNullable(leverages.get(instrument));
    }

    SortedMap<InstrumentId, Leverage> leverages() {
        return leverages;
    }

    void addToBalance(AssetId asset, Money amount) {
        Money after = balance(asset).plus(amount);
        if (after.isZero()) {
            balances.remove(asset);
        } else {
            balances.put(asset, after);
        }
    }

    void setPosition(InstrumentId instrument, Optional<Position> position) {
        if (position.isEmpty()) {
            positions.remove(instrument);
        } else {
            positions.put(instrument, position.get());
        }
        positionList = List.copyOf(positions.values());
    }

    void setLeverage(InstrumentId instrument, Leverage leverage) {
        leverages.put(instrument, leverage);
    }
}

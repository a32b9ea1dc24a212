package io.delever.engine.margin;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountView;
import io.delever.engine.account.Leverage;
import io.delever.engine.account.Position;
import io.delever.engine.account.PositionChange;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An account as it would be after something that has not happened; the account itself stays as it
 * is.
 */
final class AfterTrade implements AccountView {
    private final AccountView before;
    private final SortedMap<AssetId, Money> balances;
    private final List<Position> positions;
    private final Optional<LeverageChoice> choice;

    private record LeverageChoice(InstrumentId instrument, Leverage leverage) {}

    private AfterTrade(
            AccountView before,
            SortedMap<AssetId, Money> balances,
            List<Position> positions,
            Optional<LeverageChoice> choice) {
        this.before = before;
        this.balances = balances;
        this.positions = positions;
        this.choice = choice;
    }

    /** After a fill of {@code size} (not 0) at {@code price}, less {@code fee}. */
    static AccountView fill(
            AccountView before, Instrument instrument, Quantity size, Price price, Money fee) {
        Optional<Position> held = before.position(instrument.id());
        PositionChange change = PositionChange.of(held, size, price);
        List<Position> positions = new ArrayList<>(before.positions());
        held.ifPresent(positions::remove);
        change.applyTo(instrument.id(), held).ifPresent(positions::add);
        positions.sort((a, b) -> a.instrument().compareTo(b.instrument()));
        Money amount = change.realizedPnl().minus(fee);
        return new AfterTrade(
                before,
                plus(before, instrument.settlement(), amount),
                List.copyOf(positions),
                Optional.empty());
    }

    /** After its balance in an asset has changed by {@code amount}. */
    static AccountView balanceChange(AccountView before, AssetId asset, Money amount) {
        return new AfterTrade(
                before, plus(before, asset, amount), before.positions(), Optional.empty());
    }

    /** After another leverage was chosen. */
    static AccountView leverage(AccountView before, InstrumentId instrument, Leverage leverage) {
        return new AfterTrade(
                before,
                before.balances(),
                before.positions(),
                Optional.of(new LeverageChoice(instrument, leverage)));
    }

    @Override
    public AccountId id() {
        return before.id();
    }

    @Override
    public SortedMap<AssetId, Money> balances() {
        return balances;
    }

    @Override
    public List<Position> positions() {
        return positions;
    }

    @Override
    public Map<InstrumentId, Money> isolatedMargins() {
        return before.isolatedMargins();
    }

    @Override
    public boolean isPortfolioMargined() {
        return before.isPortfolioMargined();
    }

    @Override
    public Optional<Leverage> leverage(InstrumentId instrument) {
        return choice.filter(made -> made.instrument().equals(instrument))
                .map(LeverageChoice::leverage)
                .or(() -> before.leverage(instrument));
    }

    private static SortedMap<AssetId, Money> plus(AccountView before, AssetId asset, Money amount) {
        TreeMap<AssetId, Money> after = new TreeMap<>(before.balances());
        after.merge(asset, amount, Money::plus);
        return after;
    }
}

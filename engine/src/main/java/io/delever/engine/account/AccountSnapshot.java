package io.delever.engine.account;

import io.delever.engine.market.AssetId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** An immutable {@link AccountView}, for calculations from outside. */
public record AccountSnapshot(
        AccountId id,
        SortedMap<AssetId, Money> balances,
        List<Position> positions,
        Map<InstrumentId, Leverage> leverages,
        Map<InstrumentId, Money> isolatedMargins,
        boolean isPortfolioMargined)
        implements AccountView {
    /** An account whose margin tiers ask for. */
    public AccountSnapshot(
            AccountId id,
            SortedMap<AssetId, Money> balances,
            List<Position> positions,
            Map<InstrumentId, Leverage> leverages,
            Map<InstrumentId, Money> isolatedMargins) {
        this(id, balances, positions, leverages, isolatedMargins, false);
    }

    /** An account whose positions share all balances. */
    public AccountSnapshot(
            AccountId id,
            SortedMap<AssetId, Money> balances,
            List<Position> positions,
            Map<InstrumentId, Leverage> leverages) {
        this(id, balances, positions, leverages, Map.of());
    }

    /**
     * Copies the collections, sorts the positions, and refuses two positions in one instrument,
     * balances out of the admitted range, and isolated margin that is negative, out of range or of
     * no position.
     */
    public AccountSnapshot {
        balances.forEach(
                (asset, balance) ->
                        AdmittedRange.require(
                                AdmittedRange.isWithin(balance.e8(), AdmittedRange.MAX_AMOUNT_E8),
                                "balance in " + asset,
                                balance.e8()));
        balances = Collections.unmodifiableSortedMap(new TreeMap<>(balances));
        TreeMap<InstrumentId, Position> sorted = new TreeMap<>();
        for (Position position : positions) {
            if (sorted.put(position.instrument(), position) != null) {
                throw new IllegalArgumentException(
                        "account " + id + " has two positions in " + position.instrument());
            }
        }
        positions = List.copyOf(sorted.values());
        leverages = Map.copyOf(leverages);
        isolatedMargins = Map.copyOf(isolatedMargins);
        isolatedMargins.forEach((instrument, margin) -> checkIsolated(sorted, instrument, margin));
    }

    /** A copy of what the view shows now; leverages of open positions only. */
    public static AccountSnapshot of(AccountView view) {
        TreeMap<InstrumentId, Leverage> leverages = new TreeMap<>();
        for (Position position : view.positions()) {
            view.leverage(position.instrument())
                    .ifPresent(leverage -> leverages.put(position.instrument(), leverage));
        }
        return new AccountSnapshot(
                view.id(),
                view.balances(),
                view.positions(),
                leverages,
                view.isolatedMargins(),
                view.isPortfolioMargined());
    }

    private static void checkIsolated(
            TreeMap<InstrumentId, Position> positions, InstrumentId instrument, Money margin) {
        if (margin.isNegative() || !positions.containsKey(instrument)) {
            throw new IllegalArgumentException(
                    "isolated margin of "
                            + instrument
                            + " must be >= 0 and of an open position, is "
                            + margin);
        }
        AdmittedRange.require(
                AdmittedRange.isWithin(margin.e8(), AdmittedRange.MAX_AMOUNT_E8),
                "isolated margin of " + instrument,
                margin.e8());
    }

    @Override
    public Optional<Leverage> leverage(InstrumentId instrument) {
        return Optional.ofNullable(leverages.get(instrument));
    }
}

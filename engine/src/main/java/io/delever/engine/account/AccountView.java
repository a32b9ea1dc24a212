package io.delever.engine.account;

import io.delever.engine.market.AssetId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** What a calculation may know of one account. */
public interface AccountView {
    /** Whose account it is. It takes part in tie-breaks only. */
    AccountId id();

    /** Signed balance of each asset, in asset order; a negative one is a debt. */
    SortedMap<AssetId, Money> balances();

    /** Open positions, in instrument order, at most one for each instrument. */
    List<Position> positions();

    /** The leverage chosen for an instrument, where one was chosen. */
    Optional<Leverage> leverage(InstrumentId instrument);

    /**
     * Margin set aside for each isolated position, in the asset in which the instrument settles; it
     * is in no balance.
     */
    default Map<InstrumentId, Money> isolatedMargins() {
        return Map.of();
    }

    /** Whether a grid of scenarios asks for its margin instead of tiers. */
    default boolean isPortfolioMargined() {
        return false;
    }

    /** The open position in an instrument. */
    default Optional<Position> position(InstrumentId instrument) {
        for (Position position : positions()) {
            if (position.instrument().equals(instrument)) {
                return Optional.of(position);
            }
        }
        return Optional.empty();
    }

    /** The balance of an asset, 0 where there is none. */
    default Money balance(AssetId asset) {
        return balances().getOrDefault(asset, Money.ZERO);
    }
}

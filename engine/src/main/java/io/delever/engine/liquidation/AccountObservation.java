package io.delever.engine.liquidation;

import io.delever.engine.account.AccountView;
import io.delever.engine.margin.AccountMargin;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.MarketView;
import io.delever.engine.money.Money;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An account as it was seen at one moment.
 *
 * @param account balances and positions
 * @param margin its margin at the prices of {@code market}
 * @param market parameters and prices of everything the account holds
 * @param fundAvailable what the insurance fund has per asset above its floor and beyond its
 *     reservations; a missing asset has nothing
 * @param timeNanos nanoseconds since the Unix epoch
 */
public record AccountObservation(
        AccountView account,
        AccountMargin margin,
        MarketView market,
        SortedMap<AssetId, Money> fundAvailable,
        long timeNanos) {
    /** Copies the map. */
    public AccountObservation {
        fundAvailable = Collections.unmodifiableSortedMap(new TreeMap<>(fundAvailable));
    }

    /** What the fund could give in this asset, ≥ 0. */
    Money fundAvailable(AssetId asset) {
        Money available = fundAvailable.getOrDefault(asset, Money.ZERO);
        return available.signum() < 0 ? Money.ZERO : available;
    }
}

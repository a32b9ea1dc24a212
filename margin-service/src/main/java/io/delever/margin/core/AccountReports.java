package io.delever.margin.core;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountSnapshot;
import io.delever.engine.account.AccountView;
import io.delever.engine.account.Position;
import io.delever.engine.margin.AccountMargin;
import io.delever.engine.margin.MarginCalculator;
import io.delever.engine.margin.MarginParameters;
import io.delever.engine.market.Asset;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.MarketView;
import io.delever.engine.market.PriceState;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Accounts as they are shown to callers: with their margin and the prices behind it. */
public final class AccountReports {
    private AccountReports() {}

    /** The account with everything that can be said of it; empty where it does not exist. */
    public static Optional<AccountReport> complete(ShardState state, AccountId id) {
        return state.ledger()
                .account(id)
                .map(
                        account ->
                                report(
                                        state,
                                        account,
                                        prices(
                                                account,
                                                state.market(),
                                                state.ledger().parameters())));
    }

    /** The account without liquidation and bankruptcy prices. */
    public static AccountReport brief(ShardState state, AccountView account) {
        return report(state, account, ClosePrices.NONE);
    }

    /**
     * Where each position would be liquidated, and where it would use up its share of the equity.
     */
    public static ClosePrices prices(
            AccountView account, MarketView market, MarginParameters parameters) {
        Map<InstrumentId, Price> liquidation = new HashMap<>();
        Map<InstrumentId, Price> bankruptcy = new HashMap<>();
        for (Position position : account.positions()) {
            InstrumentId id = position.instrument();
            MarginCalculator.liquidationPrice(account, id, market, parameters)
                    .ifPresent(price -> liquidation.put(id, price));
            MarginCalculator.bankruptcyPrice(account, id, market, parameters)
                    .ifPresent(price -> bankruptcy.put(id, price));
        }
        return new ClosePrices(liquidation, bankruptcy);
    }

    /** See {@link #prices}; an instrument without a price is absent. */
    public record ClosePrices(
            Map<InstrumentId, Price> liquidation, Map<InstrumentId, Price> bankruptcy) {
        /** Nothing was asked for. */
        public static final ClosePrices NONE = new ClosePrices(Map.of(), Map.of());

        /** Copies the maps. */
        public ClosePrices {
            liquidation = Map.copyOf(liquidation);
            bankruptcy = Map.copyOf(bankruptcy);
        }
    }

    private static AccountReport report(
            ShardState state, AccountView account, ClosePrices closePrices) {
        MarketView market = state.market();
        AccountMargin margin =
                MarginCalculator.evaluate(account, market, state.ledger().parameters());
        return new AccountReport(
                AccountSnapshot.of(account),
                state.standingOf(account.id()),
                margin,
                closePrices,
                usedPrices(account, market),
                state.shard(),
                state.sequence());
    }

    private static SortedMap<InstrumentId, PriceState> usedPrices(
            AccountView account, MarketView market) {
        SortedMap<InstrumentId, PriceState> used = new TreeMap<>();
        for (Position position : account.positions()) {
            used.put(position.instrument(), market.priceOf(position.instrument()));
        }
        for (Map.Entry<AssetId, Money> balance : account.balances().entrySet()) {
            if (!balance.getValue().isZero()) {
                market.asset(balance.getKey())
                        .flatMap(Asset::pricedBy)
                        .ifPresent(id -> used.put(id, market.priceOf(id)));
            }
        }
        return used;
    }
}

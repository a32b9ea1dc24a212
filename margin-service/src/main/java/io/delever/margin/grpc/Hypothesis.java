package io.delever.margin.grpc;

import io.delever.contracts.margin.v1.AccountMargin;
import io.delever.contracts.margin.v1.AssumedPrice;
import io.delever.contracts.margin.v1.Balance;
import io.delever.contracts.margin.v1.EvaluateMarginRequest;
import io.delever.contracts.margin.v1.HypotheticalPosition;
import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountSnapshot;
import io.delever.engine.account.AdmittedRange;
import io.delever.engine.account.Leverage;
import io.delever.engine.account.Position;
import io.delever.engine.margin.MarginCalculator;
import io.delever.engine.margin.MarginParameters;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.MarketView;
import io.delever.engine.market.PriceState;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.margin.core.AccountReports;
import io.delever.margin.core.ShardState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An account that somebody describes, at prices that he may assume. */
record Hypothesis(AccountSnapshot account, Map<InstrumentId, PriceState> assumedPrices) {
    private static final AccountId NOBODY = new AccountId("hypothetical");

    static Hypothesis of(EvaluateMarginRequest request) {
        TreeMap<AssetId, Money> balances = new TreeMap<>();
        for (Balance balance : request.getAccount().getBalancesList()) {
            inRange("balance of " + balance.getAssetId(), balance.getAmountE8());
            AssetId asset = new AssetId(balance.getAssetId());
            if (balances.put(asset, new Money(balance.getAmountE8())) != null) {
                throw new MalformedException(
                        "MALFORMED",
                        "asset %s has two balances".formatted(asset),
                        Map.of("id", asset.value()));
            }
        }
        if (request.getAccount().getPositionsCount() > MarginParameters.MAX_POSITIONS) {
            throw new MalformedException(
                    "MALFORMED",
                    "%d positions are given, the limit is %d"
                            .formatted(
                                    request.getAccount().getPositionsCount(),
                                    MarginParameters.MAX_POSITIONS),
                    Map.of("limit", Integer.toString(MarginParameters.MAX_POSITIONS)));
        }
        List<Position> positions = new ArrayList<>();
        Map<InstrumentId, Leverage> leverages = new HashMap<>();
        for (HypotheticalPosition position : request.getAccount().getPositionsList()) {
            InstrumentId id = new InstrumentId(position.getInstrumentId());
            Price entry = price("entry price of " + id, position.getEntryPriceE8());
            if (!AdmittedRange.isValueWithin(
                    position.getSizeE8(), entry.e8(), AdmittedRange.MAX_TRADE_NOTIONAL_E8)) {
                throw tooLarge("value of the position in " + id, position.getSizeE8());
            }
            positions.add(Position.opened(id, new Quantity(position.getSizeE8()), entry));
            if (position.getLeveragePpm() != 0) {
                leverages.put(id, new Leverage(position.getLeveragePpm()));
            }
        }
        Map<InstrumentId, PriceState> prices = new HashMap<>();
        for (AssumedPrice assumed : request.getPricesList()) {
            Price price = price("price of " + assumed.getInstrumentId(), assumed.getPriceE8());
            prices.put(
                    new InstrumentId(assumed.getInstrumentId()),
                    new PriceState.Fresh(price, price, 0));
        }
        return new Hypothesis(
                new AccountSnapshot(NOBODY, balances, positions, leverages), Map.copyOf(prices));
    }

    AccountMargin evaluate(ShardState state) {
        MarketView market =
                state.ledger()
                        .marketAt(
                                id ->
                                        Optional.ofNullable(assumedPrices.get(id))
                                                .orElseGet(() -> state.priceOf(id)));
        account.balances().keySet().forEach(id -> requireListed("asset", id, market.asset(id)));
        account.positions()
                .forEach(
                        p ->
                                requireListed(
                                        "instrument",
                                        p.instrument(),
                                        market.instrument(p.instrument())));
        MarginParameters parameters = state.ledger().parameters();
        return AccountMessages.margin(
                account,
                MarginCalculator.evaluate(account, market, parameters),
                AccountReports.prices(account, market, parameters));
    }

    private static void requireListed(String what, Object id, Optional<?> listed) {
        if (listed.isEmpty()) {
            throw new MalformedException(
                    "UNKNOWN_" + what.toUpperCase(java.util.Locale.ROOT),
                    "%s %s is not listed".formatted(what, id),
                    Map.of("id", id.toString()));
        }
    }

    private static Price price(String what, long e8) {
        Price price = new Price(e8);
        if (!AdmittedRange.isAdmitted(price)) {
            throw tooLarge(what, e8);
        }
        return price;
    }

    private static void inRange(String what, long e8) {
        if (!AdmittedRange.isWithin(e8, AdmittedRange.MAX_AMOUNT_E8)) {
            throw tooLarge(what, e8);
        }
    }

    private static MalformedException tooLarge(String what, long e8) {
        return new MalformedException(
                "AMOUNT_TOO_LARGE",
                "%s is out of the admitted range: %d".formatted(what, e8),
                Map.of("value", Long.toString(e8)));
    }
}

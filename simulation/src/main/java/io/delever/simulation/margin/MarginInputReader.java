package io.delever.simulation.margin;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountSnapshot;
import io.delever.engine.account.AdmittedRange;
import io.delever.engine.account.Leverage;
import io.delever.engine.account.Position;
import io.delever.engine.margin.MarginParameters;
import io.delever.engine.margin.PortfolioTerms;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.Contract;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads the calculator's file, whose shape is {@code docs/schema/margin-input.schema.json}. */
final class MarginInputReader {
    static final int MAX_ACCOUNTS = 1_000_000;

    private final MarketReader market = new MarketReader();

    private MarginInputReader() {}

    /** Everything in the file, or a failure that names the place, the value and the limit. */
    static MarginInput read(String file, byte[] content) {
        JsonPlace root =
                JsonPlace.root(file, content)
                        .withFields(
                                "$schema",
                                "marginCallLevel",
                                "maxPositionsPerAccount",
                                "profitWeight",
                                "portfolio",
                                "assets",
                                "instruments",
                                "prices",
                                "accounts");
        return new MarginInputReader().input(root);
    }

    private MarginInput input(JsonPlace root) {
        Rate callLevel = root.field("marginCallLevel").read(Rate::parse);
        int maxPositions =
                root.optional("maxPositionsPerAccount")
                        .map(JsonPlace::wholeNumber)
                        .orElse(MarginParameters.MAX_POSITIONS);
        Rate profitWeight =
                root.optional("profitWeight").map(rate -> rate.read(Rate::parse)).orElse(Rate.ONE);
        Optional<PortfolioTerms> portfolio = root.optional("portfolio").map(PortfolioReader::terms);
        MarginParameters parameters =
                root.checked(
                        () ->
                                new MarginParameters(
                                        callLevel, maxPositions, profitWeight, portfolio));
        market.read(root);
        Set<AccountId> known = new HashSet<>();
        List<AccountSnapshot> accounts = new ArrayList<>();
        for (JsonPlace place : root.field("accounts").elements(MAX_ACCOUNTS)) {
            AccountSnapshot account = account(place, maxPositions, portfolio.isPresent());
            if (!known.add(account.id())) {
                throw place.wrong("account " + account.id() + " is given twice");
            }
            accounts.add(account);
        }
        return new MarginInput(parameters, market.snapshot(), market.volatilities(), accounts);
    }

    private AccountSnapshot account(JsonPlace place, int maxPositions, boolean knowsPortfolio) {
        place.withFields("accountId", "mode", "balances", "positions");
        AccountId id = place.field("accountId").read(AccountId::new);
        boolean inPortfolioMode = isPortfolio(place, knowsPortfolio);
        TreeMap<AssetId, Money> balances = new TreeMap<>();
        for (JsonPlace balance : place.field("balances").elements(MarketReader.MAX_LISTINGS)) {
            addBalance(balance.withFields("assetId", "amount"), balances);
        }
        List<Position> positions = new ArrayList<>();
        Map<InstrumentId, Leverage> leverages = new LinkedHashMap<>();
        Map<InstrumentId, Money> isolated = new LinkedHashMap<>();
        for (JsonPlace position : place.field("positions").elements(maxPositions)) {
            Position read = position(position);
            positions.add(read);
            position.optional("leverage")
                    .map(MarginInputReader::leverage)
                    .ifPresent(leverage -> leverages.put(read.instrument(), leverage));
            position.optional("isolatedMargin")
                    .map(margin -> margin.read(Money::parse))
                    .ifPresent(margin -> isolated.put(read.instrument(), margin));
        }
        return place.checked(
                () ->
                        new AccountSnapshot(
                                id, balances, positions, leverages, isolated, inPortfolioMode));
    }

    private static boolean isPortfolio(JsonPlace place, boolean knowsPortfolio) {
        return switch (place.optional("mode")
                .map(name -> name.read(Function.identity()))
                .orElse("CROSS")) {
            case "CROSS" -> false;
            case "PORTFOLIO" -> {
                if (!knowsPortfolio) {
                    throw place.field("mode").wrong("needs the terms in 'portfolio' of the file");
                }
                yield true;
            }
            default -> throw place.field("mode").wrong("must be CROSS or PORTFOLIO");
        };
    }

    private void addBalance(JsonPlace place, Map<AssetId, Money> balances) {
        AssetId asset = place.field("assetId").read(AssetId::new);
        if (!market.lists(asset)) {
            throw place.field("assetId").wrong("asset " + asset + " is not listed");
        }
        if (balances.put(asset, place.field("amount").read(Money::parse)) != null) {
            throw place.wrong("the balance in " + asset + " is given twice");
        }
    }

    private Position position(JsonPlace place) {
        place.withFields(
                "instrumentId", "size", "entryPrice", "entryCost", "leverage", "isolatedMargin");
        InstrumentId id = place.field("instrumentId").read(InstrumentId::new);
        if (!market.lists(id)) {
            throw place.field("instrumentId").wrong("instrument " + id + " is not listed");
        }
        Quantity size = place.field("size").read(Quantity::parse);
        Optional<JsonPlace> cost = place.optional("entryCost");
        if (cost.isPresent() == place.optional("entryPrice").isPresent()) {
            throw place.wrong("needs either entryPrice or entryCost");
        }
        Money paid =
                cost.map(given -> given.read(Money::parse))
                        .orElseGet(() -> entryCost(place, market.contractOf(id), size));
        return place.checked(() -> new Position(id, size, paid));
    }

    private static Money entryCost(JsonPlace place, Contract contract, Quantity size) {
        Price price = MarketReader.price(place.field("entryPrice"));
        boolean fits = contract.isValueWithin(size, price, AdmittedRange.MAX_AMOUNT_E8);
        if (!fits) {
            throw place.wrong(
                    "size x entryPrice is "
                            + size
                            + " x "
                            + price
                            + ", the limit is "
                            + FixedPoint.formatE8(AdmittedRange.MAX_AMOUNT_E8));
        }
        return contract.value(size, price, Rounding.HALF_EVEN);
    }

    private static Leverage leverage(JsonPlace place) {
        Rate times = place.read(Rate::parse);
        if (times.compareTo(Rate.ONE) < 0) {
            throw place.wrong("leverage must be at least 1, is " + times);
        }
        return new Leverage(times.ppm());
    }
}

package io.delever.simulation.margin;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountSnapshot;
import io.delever.engine.account.AdmittedRange;
import io.delever.engine.account.Leverage;
import io.delever.engine.account.Position;
import io.delever.engine.account.PositionChange;
import io.delever.engine.margin.MarginParameters;
import io.delever.engine.market.Asset;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.MarketSnapshot;
import io.delever.engine.market.PriceState;
import io.delever.engine.market.RiskTier;
import io.delever.engine.market.TierTable;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
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
    private static final int MAX_LISTINGS = 4096;

    private final Map<AssetId, Asset> assets = new LinkedHashMap<>();
    private final Map<InstrumentId, Instrument> instruments = new LinkedHashMap<>();
    private final Map<InstrumentId, PriceState> prices = new LinkedHashMap<>();

    private MarginInputReader() {}

    /** Everything in the file, or a failure that names the place, the value and the limit. */
    static MarginInput read(String file, byte[] content) {
        JsonPlace root =
                JsonPlace.root(file, content)
                        .withFields(
                                "$schema",
                                "marginCallLevel",
                                "maxPositionsPerAccount",
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
        MarginParameters parameters =
                root.checked(() -> new MarginParameters(callLevel, maxPositions));
        root.field("assets").elements(MAX_LISTINGS).forEach(this::addAsset);
        root.field("instruments").elements(MAX_LISTINGS).forEach(this::addInstrument);
        root.field("prices").elements(2 * MAX_LISTINGS).forEach(this::addPrice);
        Set<AccountId> known = new HashSet<>();
        List<AccountSnapshot> accounts = new ArrayList<>();
        for (JsonPlace place : root.field("accounts").elements(MAX_ACCOUNTS)) {
            AccountSnapshot account = account(place, maxPositions);
            if (!known.add(account.id())) {
                throw place.wrong("account " + account.id() + " is given twice");
            }
            accounts.add(account);
        }
        return new MarginInput(
                parameters, new MarketSnapshot(instruments, assets, prices), accounts);
    }

    private void addAsset(JsonPlace place) {
        place.withFields("assetId", "haircut", "pricedByInstrumentId");
        AssetId id = place.field("assetId").read(AssetId::new);
        Rate haircut =
                place.optional("haircut").map(rate -> rate.read(Rate::parse)).orElse(Rate.ZERO);
        Optional<InstrumentId> pricedBy =
                place.optional("pricedByInstrumentId").map(by -> by.read(InstrumentId::new));
        Asset asset = place.checked(() -> new Asset(id, haircut, pricedBy));
        if (assets.put(id, asset) != null) {
            throw place.wrong("asset " + id + " is given twice");
        }
        if (asset.isUnitOfAccount()
                && assets.values().stream().filter(Asset::isUnitOfAccount).count() > 1) {
            throw place.wrong(
                    "asset "
                            + id
                            + " has no pricedByInstrumentId, but there is one unit of account"
                            + " already");
        }
    }

    private void addInstrument(JsonPlace place) {
        place.withFields(
                "instrumentId",
                "baseAssetId",
                "settlementAssetId",
                "tickSize",
                "lotSize",
                "takerFee",
                "liquidationFee",
                "tiers");
        InstrumentId id = place.field("instrumentId").read(InstrumentId::new);
        AssetId settlement = place.field("settlementAssetId").read(AssetId::new);
        if (!assets.containsKey(settlement) || !assets.get(settlement).isUnitOfAccount()) {
            throw place.field("settlementAssetId")
                    .wrong("asset " + settlement + " is not the listed unit of account");
        }
        AssetId base = place.field("baseAssetId").read(AssetId::new);
        Price tick = place.field("tickSize").read(Price::parse);
        Quantity lot = place.field("lotSize").read(Quantity::parse);
        TierTable tiers = tiers(place.field("tiers"));
        Rate takerFee = place.field("takerFee").read(Rate::parse);
        Rate liquidationFee = place.field("liquidationFee").read(Rate::parse);
        Instrument instrument =
                place.checked(
                        () ->
                                new Instrument(
                                        id,
                                        base,
                                        settlement,
                                        tick,
                                        lot,
                                        tiers,
                                        takerFee,
                                        liquidationFee));
        if (instruments.put(id, instrument) != null) {
            throw place.wrong("instrument " + id + " is given twice");
        }
    }

    private static TierTable tiers(JsonPlace place) {
        List<RiskTier> rows = new ArrayList<>();
        for (JsonPlace row : place.elements(TierTable.MAX_TIERS)) {
            row.withFields("notionalFloor", "initialMargin", "maintenanceMargin");
            rows.add(
                    new RiskTier(
                            row.field("notionalFloor").read(Money::parse),
                            row.field("initialMargin").read(Rate::parse),
                            row.field("maintenanceMargin").read(Rate::parse)));
        }
        return place.checked(() -> TierTable.of(rows));
    }

    private void addPrice(JsonPlace place) {
        place.withFields("instrumentId", "markPrice", "indexPrice", "state");
        InstrumentId id = place.field("instrumentId").read(InstrumentId::new);
        PriceState state =
                switch (place.optional("state")
                        .map(name -> name.read(Function.identity()))
                        .orElse("FRESH")) {
                    case "FRESH" -> new PriceState.Fresh(index(place), mark(place), 0);
                    case "DEGRADED" -> new PriceState.Degraded(index(place), mark(place), 0);
                    case "STALE" -> new PriceState.Stale(index(place), mark(place), 0);
                    case "MISSING" -> new PriceState.Missing();
                    default ->
                            throw place.field("state")
                                    .wrong("must be FRESH, DEGRADED, STALE or MISSING");
                };
        if (prices.put(id, state) != null) {
            throw place.wrong("the price of " + id + " is given twice");
        }
    }

    private static Price mark(JsonPlace place) {
        return price(place.field("markPrice"));
    }

    private static Price index(JsonPlace place) {
        return price(place.optional("indexPrice").orElseGet(() -> place.field("markPrice")));
    }

    private static Price price(JsonPlace place) {
        Price price = place.read(Price::parse);
        if (!AdmittedRange.isAdmitted(price)) {
            throw place.wrong(
                    "price is "
                            + price
                            + ", the limit is "
                            + FixedPoint.formatE8(AdmittedRange.MAX_PRICE_E8));
        }
        return price;
    }

    private AccountSnapshot account(JsonPlace place, int maxPositions) {
        place.withFields("accountId", "balances", "positions");
        AccountId id = place.field("accountId").read(AccountId::new);
        TreeMap<AssetId, Money> balances = new TreeMap<>();
        for (JsonPlace balance : place.field("balances").elements(MAX_LISTINGS)) {
            addBalance(balance.withFields("assetId", "amount"), balances);
        }
        List<Position> positions = new ArrayList<>();
        Map<InstrumentId, Leverage> leverages = new LinkedHashMap<>();
        for (JsonPlace position : place.field("positions").elements(maxPositions)) {
            Position read = position(position);
            positions.add(read);
            position.optional("leverage")
                    .map(MarginInputReader::leverage)
                    .ifPresent(leverage -> leverages.put(read.instrument(), leverage));
        }
        return place.checked(() -> new AccountSnapshot(id, balances, positions, leverages));
    }

    private void addBalance(JsonPlace place, Map<AssetId, Money> balances) {
        AssetId asset = place.field("assetId").read(AssetId::new);
        if (!assets.containsKey(asset)) {
            throw place.field("assetId").wrong("asset " + asset + " is not listed");
        }
        if (balances.put(asset, place.field("amount").read(Money::parse)) != null) {
            throw place.wrong("the balance in " + asset + " is given twice");
        }
    }

    private Position position(JsonPlace place) {
        place.withFields("instrumentId", "size", "entryPrice", "entryCost", "leverage");
        InstrumentId id = place.field("instrumentId").read(InstrumentId::new);
        if (!instruments.containsKey(id)) {
            throw place.field("instrumentId").wrong("instrument " + id + " is not listed");
        }
        Quantity size = place.field("size").read(Quantity::parse);
        Optional<JsonPlace> cost = place.optional("entryCost");
        if (cost.isPresent() == place.optional("entryPrice").isPresent()) {
            throw place.wrong("needs either entryPrice or entryCost");
        }
        Money paid =
                cost.map(given -> given.read(Money::parse)).orElseGet(() -> entryCost(place, size));
        return place.checked(() -> new Position(id, size, paid));
    }

    private static Money entryCost(JsonPlace place, Quantity size) {
        Price price = price(place.field("entryPrice"));
        boolean fits =
                AdmittedRange.isValueWithin(size.e8(), price.e8(), AdmittedRange.MAX_AMOUNT_E8);
        if (!fits) {
            throw place.wrong(
                    "size x entryPrice is "
                            + size
                            + " x "
                            + price
                            + ", the limit is "
                            + FixedPoint.formatE8(AdmittedRange.MAX_AMOUNT_E8));
        }
        return PositionChange.notional(size, price);
    }

    private static Leverage leverage(JsonPlace place) {
        Rate times = place.read(Rate::parse);
        if (times.compareTo(Rate.ONE) < 0) {
            throw place.wrong("leverage must be at least 1, is " + times);
        }
        return new Leverage(times.ppm());
    }
}

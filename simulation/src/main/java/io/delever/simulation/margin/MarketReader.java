package io.delever.simulation.margin;

import io.delever.engine.account.AdmittedRange;
import io.delever.engine.market.Asset;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.CollateralTerms;
import io.delever.engine.market.CollateralTerms.HaircutTier;
import io.delever.engine.market.Contract;
import io.delever.engine.market.Contract.Payoff;
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
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** Reads assets, instruments and prices of the calculator's file. */
final class MarketReader {
    static final int MAX_LISTINGS = 4096;
    private static final long NANOS_OF_A_SECOND = 1_000_000_000;

    private final Map<AssetId, Asset> assets = new LinkedHashMap<>();
    private final Map<InstrumentId, Instrument> instruments = new LinkedHashMap<>();
    private final Map<InstrumentId, Contract> contracts = new LinkedHashMap<>();
    private final Map<InstrumentId, PriceState> prices = new LinkedHashMap<>();
    private final Map<InstrumentId, Rate> volatilities = new LinkedHashMap<>();

    void read(JsonPlace root) {
        root.field("assets").elements(MAX_LISTINGS).forEach(this::addAsset);
        root.field("instruments").elements(MAX_LISTINGS).forEach(this::addInstrument);
        root.field("prices").elements(2 * MAX_LISTINGS).forEach(this::addPrice);
    }

    MarketSnapshot snapshot() {
        return new MarketSnapshot(instruments, assets, prices, contracts);
    }

    Map<InstrumentId, Rate> volatilities() {
        return volatilities;
    }

    boolean lists(AssetId asset) {
        return assets.containsKey(asset);
    }

    boolean lists(InstrumentId instrument) {
        return instruments.containsKey(instrument);
    }

    Contract contractOf(InstrumentId instrument) {
        return contracts.getOrDefault(instrument, Contract.LINEAR);
    }

    private void addAsset(JsonPlace place) {
        place.withFields(
                "assetId",
                "haircut",
                "pricedByInstrumentId",
                "haircutTiers",
                "cap",
                "bidBuffer",
                "askBuffer",
                "peg");
        AssetId id = place.field("assetId").read(AssetId::new);
        Rate haircut =
                place.optional("haircut").map(rate -> rate.read(Rate::parse)).orElse(Rate.ZERO);
        Optional<InstrumentId> pricedBy =
                place.optional("pricedByInstrumentId").map(by -> by.read(InstrumentId::new));
        CollateralTerms terms = terms(place);
        Asset asset = place.checked(() -> new Asset(id, haircut, pricedBy, terms));
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

    private static CollateralTerms terms(JsonPlace place) {
        List<HaircutTier> tiers = new ArrayList<>();
        Optional<JsonPlace> rows = place.optional("haircutTiers");
        if (rows.isPresent()) {
            for (JsonPlace row : rows.get().elements(CollateralTerms.MAX_TIERS)) {
                row.withFields("amountFloor", "haircut");
                tiers.add(
                        new HaircutTier(
                                row.field("amountFloor").read(Money::parse),
                                row.field("haircut").read(Rate::parse)));
            }
        }
        Optional<Money> cap = place.optional("cap").map(amount -> amount.read(Money::parse));
        Optional<CollateralTerms.Peg> peg =
                place.optional("peg")
                        .map(one -> one.withFields("threshold", "factor"))
                        .map(MarketReader::peg);
        return place.checked(
                () ->
                        new CollateralTerms(
                                tiers,
                                cap,
                                rate(place, "bidBuffer"),
                                rate(place, "askBuffer"),
                                peg));
    }

    private static CollateralTerms.Peg peg(JsonPlace place) {
        return new CollateralTerms.Peg(
                place.field("threshold").read(Price::parse),
                place.field("factor").read(Rate::parse));
    }

    private static Rate rate(JsonPlace place, String name) {
        return place.optional(name).map(given -> given.read(Rate::parse)).orElse(Rate.ZERO);
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
                "tiers",
                "payoff",
                "multiplier",
                "expiry");
        InstrumentId id = place.field("instrumentId").read(InstrumentId::new);
        Contract contract = contract(place);
        AssetId settlement = settlement(place.field("settlementAssetId"), contract);
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
        place.checked(
                () -> {
                    contract.checkFits(instrument);
                    return contract;
                });
        contracts.put(id, contract);
        if (instruments.put(id, instrument) != null) {
            throw place.wrong("instrument " + id + " is given twice");
        }
    }

    private AssetId settlement(JsonPlace place, Contract contract) {
        AssetId settlement = place.read(AssetId::new);
        Optional<Asset> asset = Optional.ofNullable(assets.get(settlement));
        if (asset.isEmpty()) {
            throw place.wrong("asset " + settlement + " is not listed");
        }
        if (!contract.isInverse() && !asset.get().isUnitOfAccount()) {
            throw place.wrong("asset " + settlement + " is not the listed unit of account");
        }
        return settlement;
    }

    private static Contract contract(JsonPlace place) {
        Payoff payoff =
                switch (place.optional("payoff")
                        .map(name -> name.read(Function.identity()))
                        .orElse("LINEAR")) {
                    case "LINEAR" -> Payoff.LINEAR;
                    case "INVERSE" -> Payoff.INVERSE;
                    default -> throw place.field("payoff").wrong("must be LINEAR or INVERSE");
                };
        Quantity multiplier =
                place.optional("multiplier")
                        .map(size -> size.read(Quantity::parse))
                        .orElse(Quantity.ONE);
        OptionalLong expiry =
                place.optional("expiry")
                        .map(time -> OptionalLong.of(time.read(MarketReader::nanos)))
                        .orElseGet(OptionalLong::empty);
        return place.checked(() -> new Contract(payoff, multiplier, expiry));
    }

    private static long nanos(String time) {
        try {
            Instant instant = Instant.parse(time);
            return Math.addExact(
                    Math.multiplyExact(instant.getEpochSecond(), NANOS_OF_A_SECOND),
                    instant.getNano());
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "must be a time like 2026-03-27T08:00:00Z, is " + time, e);
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
        place.withFields("instrumentId", "markPrice", "indexPrice", "state", "volatility");
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
        place.optional("volatility")
                .ifPresent(share -> volatilities.put(id, share.read(Rate::parse)));
    }

    private static Price mark(JsonPlace place) {
        return price(place.field("markPrice"));
    }

    private static Price index(JsonPlace place) {
        return price(place.optional("indexPrice").orElseGet(() -> place.field("markPrice")));
    }

    static Price price(JsonPlace place) {
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
}

package io.delever.simulation.scenario;

import io.delever.engine.liquidation.LiquidationParameters;
import io.delever.engine.margin.MarginParameters;
import io.delever.engine.market.Asset;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.RiskTier;
import io.delever.engine.market.TierTable;
import io.delever.engine.market.VenueId;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.engine.pricing.IndexDefinition;
import io.delever.engine.pricing.IndexSource;
import io.delever.engine.pricing.SourceId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads a scenario file (docs/schema/scenario.schema.json). Decimals travel as strings, durations
 * as ISO 8601. What is wrong is said with the place in the file, the value and the limit.
 */
public final class ScenarioReader {
    private static final int MOST_ACCOUNTS = 1_000_000;
    private static final int MOST_MAKERS = 100;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final JsonPlace root;
    private final Map<String, TierTable> tierTables = new HashMap<>();

    private ScenarioReader(JsonPlace root) {
        this.root = root;
    }

    /**
     * Reads a scenario.
     *
     * @param file its name, for messages
     * @param text its content
     * @throws ScenarioException naming the place, the value and the limit
     */
    public static Scenario read(String file, String text) {
        return new ScenarioReader(JsonPlace.parse(file, text)).scenario();
    }

    private Scenario scenario() {
        root.find("$schema");
        long from = instant(root.get("from"));
        long to = instant(root.get("to"));
        if (to <= from) {
            throw root.get("to").wrong("must be after \"from\"");
        }
        tierTables();
        List<Asset> assets = root.get("assets").list(1, ScenarioReader::asset);
        List<InstrumentSpec> instruments = root.get("instruments").list(1, this::instrument);
        Scenario scenario =
                new Scenario(
                        root.get("name").text(),
                        root.get("description").text(),
                        root.get("seed").integer(0, Long.MAX_VALUE),
                        from,
                        to,
                        assets,
                        instruments,
                        population(root.get("population")),
                        makers(root.get("marketMakers")),
                        liquidation(root.get("liquidation")),
                        fund(root.get("insuranceFund")),
                        VenueReader.venue(root.get("venue")),
                        MarketReader.market(root.get("market")));
        root.end();
        ScenarioCheck.check(scenario, root);
        return scenario;
    }

    private void tierTables() {
        JsonPlace tables = root.get("tierTables");
        List<String> names =
                tables.list(
                        1,
                        place -> {
                            String name = place.get("name").text();
                            List<RiskTier> tiers = place.get("tiers").list(1, ScenarioReader::tier);
                            place.end();
                            if (tierTables.containsKey(name)) {
                                throw place.wrong("tier table \"" + name + "\" stands twice");
                            }
                            tierTables.put(name, valid(place, () -> TierTable.of(tiers)));
                            return name;
                        });
        if (names.isEmpty()) {
            throw tables.wrong("no tier table");
        }
    }

    private static RiskTier tier(JsonPlace place) {
        RiskTier tier =
                new RiskTier(
                        place.get("floor").parsed(Money::parse),
                        place.get("initialMargin").parsed(Rate::parse),
                        place.get("maintenanceMargin").parsed(Rate::parse));
        place.end();
        return tier;
    }

    private static Asset asset(JsonPlace place) {
        AssetId id = place.get("id").parsed(AssetId::new);
        Rate haircut = place.find("haircut").map(p -> p.parsed(Rate::parse)).orElse(Rate.ZERO);
        Optional<InstrumentId> pricedBy =
                place.find("pricedBy").map(p -> p.parsed(InstrumentId::new));
        place.end();
        return valid(place, () -> new Asset(id, haircut, pricedBy));
    }

    private InstrumentSpec instrument(JsonPlace place) {
        InstrumentId id = place.get("id").parsed(InstrumentId::new);
        JsonPlace tiers = place.get("tiers");
        TierTable table = tierTables.get(tiers.text());
        if (table == null) {
            throw tiers.wrong("no tier table \"" + tiers.text() + "\"");
        }
        Price tick = place.get("tickSize").parsed(Price::parse);
        Instrument instrument =
                valid(
                        place,
                        () ->
                                new Instrument(
                                        id,
                                        place.get("base").parsed(AssetId::new),
                                        place.get("settlement").parsed(AssetId::new),
                                        tick,
                                        place.get("lotSize").parsed(Quantity::parse),
                                        table,
                                        place.get("takerFee").parsed(Rate::parse),
                                        place.get("liquidationFee").parsed(Rate::parse)));
        InstrumentSpec spec =
                new InstrumentSpec(
                        instrument,
                        index(place.get("index"), id, tick),
                        positive(place.get("depth")),
                        (int) place.get("weight").integer(1, 1_000_000));
        place.end();
        return spec;
    }

    private static IndexDefinition index(JsonPlace place, InstrumentId id, Price tick) {
        List<IndexSource> sources = place.get("sources").list(1, ScenarioReader::source);
        int minimum = (int) place.get("minimumSources").integer(1, IndexDefinition.MAXIMUM_SOURCES);
        Rate outlier = place.get("outlierLimit").parsed(Rate::parse);
        place.end();
        return valid(place, () -> new IndexDefinition(id, sources, minimum, outlier, tick));
    }

    private static IndexSource source(JsonPlace place) {
        VenueId venue = place.get("venue").parsed(VenueId::new);
        String market = place.get("market").text();
        long weight =
                place.find("weight").map(p -> p.integer(1, IndexSource.MAXIMUM_WEIGHT)).orElse(1L);
        long stale = duration(place.get("staleAfter"));
        place.end();
        return valid(place, () -> new IndexSource(new SourceId(venue, market), weight, stale));
    }

    private static PopulationSpec population(JsonPlace place) {
        JsonPlace equity = place.get("equity");
        JsonPlace leverage = place.get("leverage");
        PopulationSpec spec =
                new PopulationSpec(
                        (int) place.get("accounts").integer(1, MOST_ACCOUNTS),
                        positive(equity.get("minimum")),
                        factor(equity.get("shape")),
                        positive(equity.get("maximum")),
                        factor(leverage.get("median")),
                        factor(leverage.get("sigma")),
                        factor(leverage.get("minimum")),
                        factor(leverage.get("maximum")),
                        share(place.get("longShare")),
                        (int) place.get("maxPositions").integer(1, 64),
                        share(place.get("entrySpread")),
                        share(place.get("initialMarginUse")),
                        place.get("collateral").list(0, ScenarioReader::collateral));
        if (spec.equityMinimum().compareTo(spec.equityMaximum()) > 0) {
            throw equity.wrong("minimum is above maximum");
        }
        if (spec.leverageMinimumPpm() > spec.leverageMaximumPpm()) {
            throw leverage.wrong("minimum is above maximum");
        }
        equity.end();
        leverage.end();
        place.end();
        return spec;
    }

    private static PopulationSpec.CollateralSpec collateral(JsonPlace place) {
        PopulationSpec.CollateralSpec spec =
                new PopulationSpec.CollateralSpec(
                        place.get("asset").parsed(AssetId::new),
                        share(place.get("accountShare")),
                        share(place.get("equityShare")));
        place.end();
        return spec;
    }

    private static MakerSpec makers(JsonPlace place) {
        MakerSpec spec =
                new MakerSpec(
                        (int) place.get("accounts").integer(2, MOST_MAKERS),
                        place.get("equityShare").parsed(Rate::parse),
                        positive(place.get("equityMinimum")));
        place.end();
        return spec;
    }

    private static LiquidationSpec liquidation(JsonPlace place) {
        LiquidationParameters parameters =
                valid(
                        place,
                        () ->
                                new LiquidationParameters(
                                        sizing(place),
                                        place.get("slippageCollar").parsed(Rate::parse),
                                        pace(place),
                                        new MarginParameters(
                                                place.get("marginCallLevel").parsed(Rate::parse),
                                                (int) place.get("mostPositions").integer(1, 256))));
        LiquidationSpec spec =
                new LiquidationSpec(
                        parameters,
                        place.get("fundFloor").parsed(Money::parse),
                        share(place.get("adlSeverity")),
                        share(place.get("adlProfitCap")));
        place.end();
        return spec;
    }

    private static LiquidationParameters.Sizing sizing(JsonPlace place) {
        return new LiquidationParameters.Sizing(
                place.get("targetEquityRatio").parsed(Rate::parse),
                place.get("depthShare").parsed(Rate::parse),
                positive(place.get("stepNotionalCap")),
                place.get("dustNotional").parsed(Money::parse));
    }

    private static LiquidationParameters.Pace pace(JsonPlace place) {
        return new LiquidationParameters.Pace(
                (int) place.get("attemptsBeforeAdl").integer(1, 1_000),
                (int) place.get("adlRounds").integer(1, 1_000),
                (int) place.get("stepLimit").integer(1, 1_000_000),
                duration(place.get("stepInterval")),
                duration(place.get("retryInterval")),
                duration(place.get("adlPause")));
    }

    private static FundSpec fund(JsonPlace place) {
        FundSpec spec = new FundSpec(place.get("contribution").parsed(Money::parse));
        if (spec.contribution().isNegative()) {
            throw place.get("contribution").wrong("must be at least 0");
        }
        place.end();
        return spec;
    }

    static Set<VenueId> venues(Scenario scenario) {
        Set<VenueId> venues = new HashSet<>();
        for (InstrumentSpec spec : scenario.instruments()) {
            spec.index().sources().forEach(source -> venues.add(source.id().venue()));
        }
        return venues;
    }

    static Money positive(JsonPlace place) {
        Money amount = place.parsed(Money::parse);
        if (!amount.isPositive()) {
            throw place.wrong("value " + amount + " must be above 0");
        }
        return amount;
    }

    static Rate share(JsonPlace place) {
        Rate rate = place.parsed(Rate::parse);
        if (rate.compareTo(Rate.ONE) > 0) {
            throw place.wrong("value " + rate + " is above 1");
        }
        return rate;
    }

    /** A positive decimal × 10⁶. */
    static long factor(JsonPlace place) {
        long ppm = signedPpm(place);
        if (ppm <= 0) {
            throw place.wrong("value must be above 0");
        }
        return ppm;
    }

    /** A signed decimal × 10⁶. */
    static long signedPpm(JsonPlace place) {
        long e8 = place.parsed(FixedPoint::parseE8);
        long perPpm = FixedPoint.ONE_E8 / FixedPoint.ONE_PPM;
        if (e8 % perPpm != 0) {
            throw place.wrong("value has more than 6 decimals");
        }
        return e8 / perPpm;
    }

    /** A duration above 0 in whole milliseconds, as nanoseconds. */
    static long duration(JsonPlace place) {
        Duration duration = place.parsed(Duration::parse);
        long nanos;
        try {
            nanos = duration.toNanos();
        } catch (ArithmeticException e) {
            throw place.wrong("value is too long", e);
        }
        if (nanos <= 0 || nanos % NANOS_PER_MILLI != 0) {
            throw place.wrong("value " + duration + " must be above 0 in whole milliseconds");
        }
        return nanos;
    }

    private static long instant(JsonPlace place) {
        Instant instant = place.parsed(Instant::parse);
        try {
            return Math.addExact(
                    Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L),
                    instant.getNano());
        } catch (ArithmeticException e) {
            throw place.wrong("value is out of range", e);
        }
    }

    static <T> T valid(JsonPlace place, Supplier<T> constructor) {
        try {
            return constructor.get();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw place.wrong(String.valueOf(e.getMessage()), e);
        }
    }
}

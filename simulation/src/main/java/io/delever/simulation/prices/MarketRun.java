package io.delever.simulation.prices;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.VenueId;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
import io.delever.engine.pricing.ExclusionReason;
import io.delever.engine.pricing.FrozenLimit;
import io.delever.engine.pricing.IndexAverage;
import io.delever.engine.pricing.IndexDefinition;
import io.delever.engine.pricing.IndexMethod;
import io.delever.engine.pricing.IndexPrice;
import io.delever.engine.pricing.IndexSource;
import io.delever.engine.pricing.IndexWeights;
import io.delever.engine.pricing.MarkDefinition;
import io.delever.engine.pricing.Observation;
import io.delever.engine.pricing.OutlierRule;
import io.delever.engine.pricing.OwnBook;
import io.delever.engine.pricing.PerpetualDefinition;
import io.delever.engine.pricing.PriceAlarm;
import io.delever.engine.pricing.PriceAverages;
import io.delever.engine.pricing.PriceEngine;
import io.delever.engine.pricing.PricingLimits;
import io.delever.engine.pricing.SourceId;
import io.delever.engine.pricing.Tick;
import io.delever.engine.pricing.TickOutcome;
import io.delever.simulation.market.TickSeries;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One market of the recorded day, tick by tick through the engine: two spot venues, and a perpetual
 * that is also taken as the venue's own book, as if the own book had fallen with it.
 */
final class MarketRun {
    static final String COINBASE = "coinbase";
    static final String GEMINI = "gemini";
    static final String PERPETUAL = "binance-delivery";

    static final long SECOND = 1_000_000_000L;

    /** 21:14 UTC, before the fall. */
    static final long CRASH = 1_760_130_840L * SECOND;

    static final long STALENESS = 20 * SECOND;
    static final FrozenLimit FROZEN = new FrozenLimit(10 * SECOND, Rate.parse("0.02"));
    static final Rate OUTLIER = Rate.parse("0.01");
    static final Rate BAND = Rate.parse("0.02");
    static final Price TICK = Price.parse("0.0001");
    private static final Rate FAR = Rate.parse("0.05");
    private static final PricingLimits LIMITS =
            new PricingLimits(Price.parse("100000000"), SECOND, 5);

    private final InstrumentId instrument;
    private final Tampering tampering;
    private final PriceEngine engine = new PriceEngine(LIMITS);
    private final Map<String, Observation> newest = new TreeMap<>();
    private final List<Moment> moments = new ArrayList<>();
    private final List<PriceAlarm> alarms = new ArrayList<>();
    private long rejected;

    private MarketRun(String base, Tampering tampering) {
        this.instrument = new InstrumentId(base + "-PERP");
        this.tampering = tampering;
        engine.apply(definition(instrument));
        engine.apply(
                new PerpetualDefinition(
                        instrument,
                        new MarkDefinition(
                                MarkDefinition.ContractPrice.LAST_TRADE,
                                SECOND,
                                60,
                                BAND,
                                STALENESS),
                        Optional.empty()));
    }

    /**
     * Plays one market.
     *
     * @param base its base asset
     * @param ticks those of its three venues
     * @param tampering what is done to them
     */
    static MarketRun play(String base, TickSeries ticks, Tampering tampering) {
        MarketRun run = new MarketRun(base, tampering);
        int next = 0;
        while (next < ticks.size()) {
            long now = ticks.timeNanos(next);
            int end = next;
            while (end < ticks.size() && ticks.timeNanos(end) == now) {
                run.hear(ticks.sources().get(ticks.source(end)).venue(), ticks.priceE8(end), now);
                end++;
            }
            run.repeatFrozen(now);
            run.look(now);
            next = end;
        }
        return run;
    }

    private static IndexDefinition definition(InstrumentId instrument) {
        List<IndexSource> sources =
                List.of(
                        new IndexSource(id(instrument, COINBASE), 2, STALENESS),
                        new IndexSource(id(instrument, GEMINI), 2, STALENESS),
                        new IndexSource(id(instrument, PERPETUAL), 1, STALENESS));
        return new IndexDefinition(
                instrument,
                sources,
                2,
                OUTLIER,
                TICK,
                new IndexMethod(
                        OutlierRule.EXCLUDE,
                        IndexAverage.WEIGHTED_MEDIAN,
                        new IndexWeights.Fixed(),
                        Rate.ONE,
                        Rate.ZERO,
                        Optional.of(FROZEN)));
    }

    private static SourceId id(InstrumentId instrument, String venue) {
        return new SourceId(new VenueId(venue), instrument.value());
    }

    private void hear(String venue, long priceE8, long now) {
        boolean silenced =
                now >= CRASH
                        && switch (tampering) {
                            case NONE -> false;
                            case FROZEN -> venue.equals(GEMINI);
                            case ALONE -> !venue.equals(COINBASE);
                        };
        if (!silenced) {
            say(venue, priceE8, now);
        }
    }

    /** A venue that stands still keeps sending. */
    private void repeatFrozen(long now) {
        Observation last = newest.get(GEMINI);
        if (tampering == Tampering.FROZEN && now >= CRASH && last != null) {
            say(GEMINI, last.price().e8(), now);
        }
    }

    private void say(String venue, long priceE8, long now) {
        Price price = new Price(priceE8);
        switch (engine.onTick(new Tick(venue, instrument.value(), priceE8, 0, now), now)) {
            case TickOutcome.Accepted _ -> newest.put(venue, new Observation(price, now));
            case TickOutcome.Rejected _ -> rejected++;
        }
        if (venue.equals(PERPETUAL)) {
            engine.onBook(
                    instrument,
                    new OwnBook(
                            price,
                            price,
                            Optional.of(price),
                            Optional.empty(),
                            Optional.empty(),
                            now),
                    now);
        }
    }

    private void look(long now) {
        engine.advance(now);
        alarms.addAll(engine.drainAlarms());
        Map<String, Price> fresh = new TreeMap<>();
        newest.forEach(
                (venue, seen) -> {
                    if (seen.timeNanos() >= now - STALENESS) {
                        fresh.put(venue, seen.price());
                    }
                });
        IndexPrice price = engine.price(instrument).orElseThrow();
        boolean alone = isPerpetualAlone(fresh);
        Map<String, Price> all = new TreeMap<>(fresh);
        if (alone) {
            all.remove(PERPETUAL);
        }
        Map<String, Price> honest = new TreeMap<>(all);
        price.exclusions().stream()
                .filter(each -> each.reason() == ExclusionReason.FROZEN)
                .forEach(each -> honest.remove(each.source().venue().value()));
        moments.add(
                new Moment(
                        now,
                        fresh,
                        PriceAverages.median(List.copyOf(honest.values())),
                        PriceAverages.median(List.copyOf(all.values())),
                        alone,
                        price));
    }

    private static boolean isPerpetualAlone(Map<String, Price> fresh) {
        Optional<Price> perpetual = Optional.ofNullable(fresh.get(PERPETUAL));
        return perpetual.isPresent()
                && fresh.size() > 1
                && fresh.entrySet().stream()
                        .filter(each -> !each.getKey().equals(PERPETUAL))
                        .allMatch(each -> isFarther(perpetual.get(), each.getValue(), FAR));
    }

    /** Whether |price − reference| > limit × reference, exactly. */
    static boolean isFarther(Price price, Price reference, Rate limit) {
        return FixedPoint.compareProducts(
                        Math.abs(Math.subtractExact(price.e8(), reference.e8())),
                        FixedPoint.ONE_PPM,
                        limit.ppm(),
                        reference.e8())
                > 0;
    }

    String base() {
        return instrument.value().replace("-PERP", "");
    }

    List<Moment> moments() {
        return moments;
    }

    Tampering tampering() {
        return tampering;
    }

    /** Ticks that the engine did not take. */
    long rejected() {
        return rejected;
    }

    List<PriceAlarm> alarms() {
        return alarms;
    }
}

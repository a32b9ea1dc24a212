package io.delever.simulation.market;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.VenueId;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.pricing.IndexSource;
import io.delever.simulation.scenario.InstrumentSpec;
import io.delever.simulation.scenario.MarketSpec;
import io.delever.simulation.scenario.Scenario;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The seeded price process. In each step the logarithm of the common factor moves by the phase's
 * drift and a normal number; each instrument follows it by its beta and adds a number of its own;
 * each venue quotes start × e^(overshoot × logarithm + noise), rounded to the tick, or stays
 * silent. Every venue quotes in the first step. All functions are the strict ones and every price
 * is quantised at once, so the same seed gives the same ticks on any machine.
 */
public final class SeededMarket {
    private static final long SALT = 0x5EED_0A7E_0F1C_5EEDL;
    private static final double PPM = 1e-6;
    private static final double NANOS_PER_HOUR = 3.6e12;

    private final Scenario scenario;
    private final MarketSpec.Seeded spec;
    private final SplittableRandom random;
    private final Gaussian gaussian;

    private SeededMarket(Scenario scenario, MarketSpec.Seeded spec) {
        this.scenario = scenario;
        this.spec = spec;
        this.random = new SplittableRandom(scenario.seed() ^ SALT);
        this.gaussian = new Gaussian(random);
    }

    /** The ticks of a scenario with a seeded market. */
    public static TickSeries ticks(Scenario scenario, MarketSpec.Seeded spec) {
        return new SeededMarket(scenario, spec).run();
    }

    private TickSeries run() {
        List<SourceKey> keys = MarketSources.keys(scenario);
        TickSeries.Builder ticks = new TickSeries.Builder(keys);
        Map<InstrumentId, MarketSpec.Path> paths = new HashMap<>();
        spec.paths().forEach(path -> paths.put(path.instrument(), path));
        Map<VenueId, MarketSpec.VenueHabit> habits = new HashMap<>();
        spec.venues().forEach(habit -> habits.put(habit.venue(), habit));
        List<Quoted> quoted = new ArrayList<>();
        int place = 0;
        for (InstrumentSpec instrument : scenario.instruments()) {
            List<Quote> quotes = new ArrayList<>();
            for (IndexSource source : instrument.index().sources()) {
                quotes.add(new Quote(place++, required(habits, source.id().venue())));
            }
            quoted.add(
                    new Quoted(
                            required(paths, instrument.id()),
                            instrument.instrument().tickSize().e8(),
                            quotes));
        }
        double common = 0;
        for (long at = 0; at < scenario.toNanos() - scenario.fromNanos(); at += spec.stepNanos()) {
            if (at > 0) {
                common += commonStep(at);
            }
            for (Quoted one : quoted) {
                step(one, common, at, ticks);
            }
        }
        return ticks.build();
    }

    private static <K, V> V required(Map<K, V> map, K key) {
        V value = map.get(key);
        if (value == null) {
            throw new IllegalStateException("the scenario was checked, yet misses " + key);
        }
        return value;
    }

    private double commonStep(long at) {
        long begin = 0;
        for (MarketSpec.Phase phase : spec.phases()) {
            if (at <= phase.untilNanos()) {
                double share = (double) spec.stepNanos() / (phase.untilNanos() - begin);
                return phase.movePpm() * PPM * share + noise(phase.volatilityPpm());
            }
            begin = phase.untilNanos();
        }
        return noise(spec.phases().getLast().volatilityPpm());
    }

    private double noise(long hourlyPpm) {
        double share = StrictMath.sqrt(spec.stepNanos() / NANOS_PER_HOUR);
        return hourlyPpm * PPM * share * gaussian.next();
    }

    private void step(Quoted one, double common, long at, TickSeries.Builder ticks) {
        if (at > 0) {
            one.own += noise(one.path.ownVolatilityPpm());
        }
        double logarithm = one.path.betaPpm() * PPM * common + one.own;
        for (Quote quote : one.quotes) {
            double noise = quote.habit.noisePpm() * PPM * gaussian.next();
            boolean quotes = random.nextInt((int) FixedPoint.ONE_PPM) < quote.habit.quotePpm();
            if (!quotes && at > 0) {
                continue;
            }
            double move = quote.habit.overshootPpm() * PPM * logarithm + noise;
            double priceE8 = one.path.start().e8() * StrictMath.exp(move);
            long rounded = (long) StrictMath.rint(priceE8 / one.tickE8);
            ticks.add(
                    quote.source,
                    scenario.fromNanos() + at,
                    Math.multiplyExact(Math.max(1, rounded), one.tickE8),
                    0);
        }
    }

    private record Quote(int source, MarketSpec.VenueHabit habit) {}

    private static final class Quoted {
        final MarketSpec.Path path;
        final long tickE8;
        final List<Quote> quotes;
        double own;

        Quoted(MarketSpec.Path path, long tickE8, List<Quote> quotes) {
            this.path = path;
            this.tickE8 = tickE8;
            this.quotes = quotes;
        }
    }
}

package io.delever.simulation.bench;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.VenueId;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
import io.delever.engine.pricing.FrozenLimit;
import io.delever.engine.pricing.FundingDefinition;
import io.delever.engine.pricing.IndexAverage;
import io.delever.engine.pricing.IndexDefinition;
import io.delever.engine.pricing.IndexMethod;
import io.delever.engine.pricing.IndexPrice;
import io.delever.engine.pricing.IndexSource;
import io.delever.engine.pricing.IndexWeights;
import io.delever.engine.pricing.MarkDefinition;
import io.delever.engine.pricing.OutlierRule;
import io.delever.engine.pricing.OwnBook;
import io.delever.engine.pricing.PerpetualDefinition;
import io.delever.engine.pricing.PriceEngine;
import io.delever.engine.pricing.PricingLimits;
import io.delever.engine.pricing.SourceId;
import io.delever.engine.pricing.Tick;
import io.delever.engine.pricing.TickOutcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Index and mark of a perpetual of ten sources after each tick of one of them (BNCH-005). */
final class PriceBench {
    private static final int SOURCES = 10;
    private static final int TICKS = 100_000;
    private static final int CHECKED = 10_000;
    private static final int WARM_UP = 10;
    private static final int SPREAD = 500_000;
    private static final long MIDDLE = 10_000_000_000L;
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;
    private static final long BEGIN = 1_760_000_000L * SECOND;
    private static final InstrumentId INSTRUMENT = new InstrumentId("X-PERP");
    private static final Rate BAND = Rate.parse("0.02");

    private final SplittableRandom random;
    private final Consumer<String> say;
    private final long[] newest = new long[SOURCES];
    private PriceEngine engine = new PriceEngine(limits());
    private long now = BEGIN;

    PriceBench(long seed, Consumer<String> say) {
        this.random = new SplittableRandom(seed);
        this.say = say;
    }

    private static PricingLimits limits() {
        return new PricingLimits(Price.parse("1000000"), SECOND, 5);
    }

    List<Figure> measure(int runs) {
        start(IndexMethod.STANDARD);
        check();
        say.accept("  index and mark are those of exact arithmetic (" + CHECKED + " ticks)");
        Runs standard = timed(runs);
        start(
                new IndexMethod(
                        OutlierRule.CLAMP,
                        IndexAverage.WEIGHTED_MEAN,
                        new IndexWeights.TrailingVolume(60 * SECOND),
                        Rate.parse("0.2"),
                        Rate.ZERO,
                        Optional.of(new FrozenLimit(10 * SECOND, Rate.parse("0.02")))));
        Runs everything = timed(runs);
        return List.of(
                Figure.of("prices: index and mark of ten sources", standard, "ns").atMost(1_000),
                Figure.of("prices: the same with every method", everything, "ns"));
    }

    private void start(IndexMethod method) {
        engine = new PriceEngine(limits());
        List<IndexSource> sources = new ArrayList<>(SOURCES);
        for (int i = 0; i < SOURCES; i++) {
            sources.add(
                    new IndexSource(new SourceId(new VenueId("v" + i), "X"), 1, 3_600L * SECOND));
        }
        engine.apply(
                new IndexDefinition(
                        INSTRUMENT, sources, 3, Rate.parse("0.05"), new Price(1), method));
        engine.apply(
                new PerpetualDefinition(
                        INSTRUMENT,
                        new MarkDefinition(
                                MarkDefinition.ContractPrice.MID,
                                SECOND,
                                60,
                                BAND,
                                3_600L * SECOND),
                        Optional.of(
                                new FundingDefinition(
                                        8 * 3_600L * SECOND, SECOND, 0, 500_000, 7_500_000))));
        for (int i = 0; i < SOURCES; i++) {
            take(tick(i));
        }
        Price bid = new Price(MIDDLE + SPREAD);
        boolean taken =
                engine.onBook(
                        INSTRUMENT,
                        new OwnBook(
                                bid,
                                new Price(bid.e8() + 2),
                                Optional.empty(),
                                Optional.of(bid),
                                Optional.of(bid),
                                now),
                        now);
        if (!taken) {
            throw new BenchFailure("the book was not taken");
        }
        engine.advance(now);
    }

    /** An even price, so that the mean of two of them is one as well. */
    private Tick tick(int source) {
        newest[source] = MIDDLE + 2L * random.nextInt(SPREAD);
        return new Tick("v" + source, "X", newest[source], 1 + source, now);
    }

    private void take(Tick tick) {
        if (!(engine.onTick(tick, now) instanceof TickOutcome.Accepted)) {
            throw new BenchFailure("not taken: " + tick);
        }
    }

    /** With equal weights the index is the mean of the two in the middle. */
    private void check() {
        for (int i = 0; i < CHECKED; i++) {
            now += MILLI;
            take(tick(i % SOURCES));
            engine.advance(now);
            long[] sorted = newest.clone();
            Arrays.sort(sorted);
            long index = (sorted[SOURCES / 2 - 1] + sorted[SOURCES / 2]) / 2;
            IndexPrice price = engine.price(INSTRUMENT).orElseThrow();
            long mark = price.state().usableMark().orElseThrow().e8();
            if (price.state().usableIndex().orElseThrow().e8() != index
                    || !isMedianMark(index, mark)) {
                throw new BenchFailure("after tick " + i + ": " + price + ", index " + index);
            }
        }
    }

    /** Without a last funding rate the mark is the median of index, smoothed basis and mid. */
    private boolean isMedianMark(long index, long mark) {
        long smoothed = engine.mark(INSTRUMENT).flatMap(each -> each.smoothed()).orElseThrow().e8();
        long[] parts = {index, smoothed, MIDDLE + SPREAD + 1};
        Arrays.sort(parts);
        return parts[1] == mark;
    }

    private Runs timed(int runs) {
        List<Tick> ticks = new ArrayList<>(TICKS);
        for (int i = 0; i < Math.min(WARM_UP, runs); i++) {
            run(ticks);
        }
        return Runs.nanos(runs, TICKS, () -> run(ticks));
    }

    /** Nanoseconds of all ticks with the price after each; making the ticks is not in it. */
    private long run(List<Tick> ticks) {
        ticks.clear();
        for (int i = 0; i < TICKS; i++) {
            now += MILLI;
            ticks.add(tick(i % SOURCES));
        }
        long changed = 0;
        long began = System.nanoTime();
        for (Tick tick : ticks) {
            now = tick.eventTimeNanos();
            take(tick);
            changed += engine.advance(now).size();
        }
        long elapsed = System.nanoTime() - began;
        if (changed < TICKS / 2) {
            throw new BenchFailure("only " + changed + " prices of " + TICKS + " ticks changed");
        }
        return elapsed;
    }
}

package io.delever.engine.pricing;

import static io.delever.engine.pricing.PricingFixture.LIMITS;
import static io.delever.engine.pricing.PricingFixture.SECOND;
import static io.delever.engine.pricing.PricingFixture.T0;
import static io.delever.engine.pricing.PricingFixture.X_PERP;
import static io.delever.engine.pricing.PricingFixture.index;
import static org.assertj.core.api.Assertions.assertThat;

import io.delever.engine.market.PriceState;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import io.delever.testing.Covers;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Seeded; a failure names the seed, and {@code -Dseed=…} runs that one. */
class PricingPropertyTest {
    private static final int ROUNDS = 20_000;

    private static LongStream seeds() {
        Long one = Long.getLong("seed");
        return one == null ? LongStream.range(0, ROUNDS) : LongStream.of(one);
    }

    /** One market: honest prices near 100, and the first source says whatever it likes. */
    private record Market(IndexDefinition definition, List<Optional<Observation>> newest) {
        static Market of(Random random) {
            int count = 3 + random.nextInt(6);
            PricingFixture.Definition definition =
                    index().minimum(1 + random.nextInt(count))
                            .outlierLimit(new Rate(1 + random.nextLong(200_000)).toString());
            List<Optional<Observation>> newest = new ArrayList<>();
            long spread = 1 + random.nextLong(FixedPoint.ONE_E8 * 20);
            for (int i = 0; i < count; i++) {
                definition.source("v" + i, 1 + random.nextLong(5), 10);
                long price =
                        i == 0
                                ? 1 + random.nextLong(FixedPoint.ONE_E8 * 300)
                                : 100 * FixedPoint.ONE_E8 - spread / 2 + random.nextLong(spread);
                long age = i != 0 && random.nextInt(8) == 0 ? 11 : random.nextInt(11);
                newest.add(Optional.of(new Observation(new Price(price), T0 - age * SECOND)));
            }
            return new Market(definition.build(), newest);
        }

        IndexPrice price() {
            return IndexCalculator.calculate(definition, newest, new PriceState.Missing(), T0);
        }

        boolean isFresh(int source) {
            return newest.get(source).orElseThrow().isFresh(T0, 10 * SECOND);
        }

        long priceE8(int source) {
            return newest.get(source).orElseThrow().price().e8();
        }

        boolean takesPart(int source, IndexPrice price) {
            SourceId id = definition.sources().get(source).id();
            return price.exclusions().stream().noneMatch(each -> each.source().equals(id));
        }
    }

    @Test
    @Covers("PRIC-032")
    void noSingleSourceMovesTheIndexFartherThanTheOutlierLimitBeyondTheOthers() {
        long[] priced = {0};
        seeds().forEach(
                        seed -> {
                            Market market = Market.of(new Random(seed));
                            List<Long> others = new ArrayList<>();
                            for (int i = 1; i < market.newest().size(); i++) {
                                if (market.isFresh(i)) {
                                    others.add(market.priceE8(i));
                                }
                            }
                            Optional<Price> index = market.price().state().usableIndex();
                            if (others.size() < 2 || index.isEmpty()) {
                                return;
                            }
                            priced[0]++;
                            long limit = market.definition().outlierLimit().ppm();
                            long halfTick = market.definition().tickSize().e8() / 2;
                            long lowest =
                                    FixedPoint.mulDiv(
                                            Collections.min(others),
                                            FixedPoint.ONE_PPM - limit,
                                            FixedPoint.ONE_PPM,
                                            Rounding.FLOOR);
                            long highest =
                                    FixedPoint.mulDiv(
                                            Collections.max(others),
                                            FixedPoint.ONE_PPM + limit,
                                            FixedPoint.ONE_PPM,
                                            Rounding.CEILING);
                            assertThat(index.get().e8())
                                    .as("seed %d", seed)
                                    .isBetween(lowest - halfTick - 1, highest + halfTick + 1);
                        });
        assertThat(priced[0]).isPositive();
    }

    @Test
    @Covers("PRIC-033")
    void sourceWithLessThanHalfOfTheWeightKeepsTheIndexWithinTheOthers() {
        long[] checked = {0};
        seeds().forEach(
                        seed -> {
                            Market market = Market.of(new Random(seed));
                            IndexPrice price = market.price();
                            Optional<Price> index = price.state().usableIndex();
                            List<Long> others = new ArrayList<>();
                            long otherWeight = 0;
                            for (int i = 1; i < market.newest().size(); i++) {
                                if (market.takesPart(i, price)) {
                                    others.add(market.priceE8(i));
                                    otherWeight += market.definition().sources().get(i).weight();
                                }
                            }
                            long own =
                                    market.takesPart(0, price)
                                            ? market.definition().sources().getFirst().weight()
                                            : 0;
                            if (index.isEmpty() || own >= otherWeight) {
                                return;
                            }
                            checked[0]++;
                            long halfTick = market.definition().tickSize().e8() / 2;
                            assertThat(index.get().e8())
                                    .as("seed %d", seed)
                                    .isBetween(
                                            Collections.min(others) - halfTick,
                                            Collections.max(others) + halfTick);
                        });
        assertThat(checked[0]).isPositive();
    }

    @Test
    @Covers({"PRIC-021", "PRIC-022", "PRIC-023", "PRIC-024", "PRIC-025"})
    void indexEqualsTheOneSpelledOutOverEveryUnitOfWeight() {
        seeds().forEach(
                        seed -> {
                            Market market = Market.of(new Random(seed));
                            assertThat(market.price().state().usableIndex().map(Price::e8))
                                    .as("seed %d", seed)
                                    .isEqualTo(spelledOut(market));
                        });
    }

    /** The same rules the slow way: every unit of weight is one entry of a plain median. */
    private static Optional<Long> spelledOut(Market market) {
        List<Long> fresh = new ArrayList<>();
        for (int i = 0; i < market.newest().size(); i++) {
            if (market.isFresh(i)) {
                fresh.add(market.priceE8(i));
            }
        }
        if (fresh.isEmpty()) {
            return Optional.empty();
        }
        long anchor = halfEven(twiceMedian(fresh), 2);
        int used = 0;
        List<Long> entries = new ArrayList<>();
        for (int i = 0; i < market.newest().size(); i++) {
            BigInteger distance =
                    BigInteger.valueOf(Math.abs(market.priceE8(i) - anchor) * 1_000_000L);
            BigInteger limit =
                    BigInteger.valueOf(market.definition().outlierLimit().ppm())
                            .multiply(BigInteger.valueOf(anchor));
            if (market.isFresh(i) && distance.compareTo(limit) <= 0) {
                used++;
                long weight = market.definition().sources().get(i).weight();
                entries.addAll(Collections.nCopies((int) weight, market.priceE8(i)));
            }
        }
        if (used < market.definition().minimumSources()) {
            return Optional.empty();
        }
        long tick = market.definition().tickSize().e8();
        return Optional.of(halfEven(twiceMedian(entries), 2 * tick) * tick);
    }

    private static long twiceMedian(List<Long> values) {
        List<Long> sorted = values.stream().sorted().toList();
        int size = sorted.size();
        return sorted.get((size - 1) / 2) + sorted.get(size / 2);
    }

    private static long halfEven(long value, long divisor) {
        long floor = Math.floorDiv(value, divisor);
        long rest = value - floor * divisor;
        boolean up = 2 * rest > divisor || (2 * rest == divisor && floor % 2 == 1);
        return up ? floor + 1 : floor;
    }

    @Test
    @Covers("PRIC-034")
    void orderOfArrivalOfDifferentSourcesDoesNotMatter() {
        seeds().limit(2_000)
                .forEach(
                        seed -> {
                            Market market = Market.of(new Random(seed));
                            List<Tick> ticks = new ArrayList<>();
                            for (int i = 0; i < market.newest().size(); i++) {
                                Observation seen = market.newest().get(i).orElseThrow();
                                ticks.add(
                                        new Tick(
                                                "v" + i,
                                                PricingFixture.MARKET,
                                                seen.price().e8(),
                                                0,
                                                seen.timeNanos()));
                            }
                            IndexPrice inOrder = played(market.definition(), ticks);
                            Collections.shuffle(ticks, new Random(seed + 1));
                            assertThat(played(market.definition(), ticks))
                                    .as("seed %d", seed)
                                    .isEqualTo(inOrder);
                        });
    }

    private static IndexPrice played(IndexDefinition definition, List<Tick> ticks) {
        PriceEngine engine = new PriceEngine(LIMITS);
        engine.apply(definition);
        for (Tick tick : ticks) {
            assertThat(engine.onTick(tick, T0)).isNotNull();
        }
        assertThat(engine.advance(T0)).hasSize(1);
        return engine.price(X_PERP).orElseThrow();
    }
}

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
import io.delever.testing.Covers;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Seeded; a failure names the seed, and {@code -Dseed=…} runs that one. */
class IndexMethodPropertyTest {
    private static final int ROUNDS = 10_000;
    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

    private static LongStream seeds(int rounds) {
        Long one = Long.getLong("seed");
        return one == null ? LongStream.range(0, rounds) : LongStream.of(one);
    }

    private static IndexMethod method(Random random, int sources) {
        return new IndexMethod(
                random.nextBoolean() ? OutlierRule.CLAMP : OutlierRule.EXCLUDE,
                random.nextBoolean() ? IndexAverage.WEIGHTED_MEAN : IndexAverage.WEIGHTED_MEDIAN,
                random.nextBoolean()
                        ? new IndexWeights.Fixed()
                        : new IndexWeights.TrailingVolume(10 * SECOND),
                new Rate(1_000_000 / sources + random.nextInt(1_000_000 - 1_000_000 / sources) + 1),
                Rate.ZERO,
                Optional.empty());
    }

    /** The first source says anything at all, the others stay between a lowest and a highest. */
    private record Market(IndexDefinition definition, List<SourceView> views) {
        static Market of(Random random) {
            int count = 3 + random.nextInt(6);
            return of(random, count, method(random, count), false);
        }

        /** The one that says anything is the venue's own market, with some cap or none. */
        static Market withOwn(Random random) {
            int count = 3 + random.nextInt(6);
            IndexMethod drawn = method(random, count);
            Rate cap = new Rate(random.nextInt(4) == 0 ? 0 : 1 + random.nextLong(1_000_000));
            return of(
                    random,
                    count,
                    new IndexMethod(
                            drawn.outliers(),
                            drawn.average(),
                            drawn.weights(),
                            drawn.weightCap(),
                            cap,
                            Optional.empty()),
                    true);
        }

        private static Market of(Random random, int count, IndexMethod method, boolean own) {
            PricingFixture.Definition definition =
                    index().method(method)
                            .outlierLimit(new Rate(1 + random.nextLong(200_000)).toString());
            List<SourceView> views = new ArrayList<>();
            long spread = 1 + random.nextLong(FixedPoint.ONE_E8 * 20);
            for (int i = 0; i < count; i++) {
                if (own && i == 0) {
                    definition.own("v0");
                } else {
                    definition.source("v" + i, 1 + random.nextLong(5), 10);
                }
                long price = 100 * FixedPoint.ONE_E8 - spread / 2 + random.nextLong(spread);
                views.add(view(i == 0 ? anything(random) : price, random.nextLong(1_000)));
            }
            return new Market(definition.build(), views);
        }

        private static long anything(Random random) {
            return 1 + (long) (random.nextDouble() * Math.pow(10, 1 + random.nextInt(17)));
        }

        private static SourceView view(long priceE8, long volume) {
            return new SourceView(
                    Optional.of(new Observation(new Price(priceE8), T0)),
                    false,
                    volume,
                    Optional.empty());
        }

        Optional<Price> priced() {
            return IndexCalculator.of(definition, views, new PriceState.Missing(), T0)
                    .state()
                    .usableIndex();
        }

        long least() {
            return views.stream().skip(1).mapToLong(Market::price).min().orElseThrow();
        }

        long most() {
            return views.stream().skip(1).mapToLong(Market::price).max().orElseThrow();
        }

        private static long price(SourceView view) {
            return view.newest().orElseThrow().price().e8();
        }
    }

    @Test
    @Covers("PRIC-079")
    void nobodyMovesTheIndexBeyondTheOthersByMoreThanItsClamp() {
        assertNobodyMovesIt(Market::of);
    }

    @Test
    @Covers({"PRIC-077", "PRIC-079"})
    void theOwnMarketMovesTheIndexByNoMoreWhateverItsCap() {
        assertNobodyMovesIt(Market::withOwn);
    }

    private static void assertNobodyMovesIt(Function<Random, Market> draw) {
        long[] priced = {0};
        seeds(ROUNDS)
                .forEach(
                        seed -> {
                            Market market = draw.apply(new Random(seed));
                            Optional<Price> index = market.priced();
                            if (index.isEmpty()) {
                                return;
                            }
                            priced[0]++;
                            long limit = market.definition().outlierLimit().ppm();
                            assertBetween(seed, index.get(), market, limit);
                        });
        assertThat(priced[0]).isGreaterThan(Long.getLong("seed") == null ? ROUNDS / 2 : 0);
    }

    /**
     * With a mean, fixed equal weights and a cap of an equal share, the single one has 1 ÷ n of the
     * weight, or less where others are left out too: it moves the index by that share of its clamp.
     */
    @Test
    @Covers("PRIC-079")
    void inAMeanTheClampCountsOnlyByItsShare() {
        seeds(ROUNDS)
                .forEach(
                        seed -> {
                            Random random = new Random(seed);
                            Market drawn = Market.of(random);
                            int count = drawn.views().size();
                            IndexDefinition definition =
                                    new IndexDefinition(
                                            X_PERP,
                                            drawn.definition().sources(),
                                            1,
                                            drawn.definition().outlierLimit(),
                                            drawn.definition().tickSize(),
                                            new IndexMethod(
                                                    OutlierRule.CLAMP,
                                                    IndexAverage.WEIGHTED_MEAN,
                                                    new IndexWeights.Fixed(),
                                                    new Rate(1_000_000 / count),
                                                    Rate.ZERO,
                                                    Optional.empty()));
                            Market market = new Market(definition, drawn.views());
                            Optional<Price> index = market.priced();
                            long share = drawn.definition().outlierLimit().ppm() / count + 2;
                            index.ifPresent(price -> assertBetween(seed, price, market, share));
                        });
    }

    private static void assertBetween(long seed, Price index, Market market, long limitPpm) {
        long slack = market.definition().tickSize().e8() / 2 + 1;
        BigInteger value = BigInteger.valueOf(index.e8()).multiply(MILLION);
        BigInteger lowest =
                BigInteger.valueOf(market.least())
                        .multiply(BigInteger.valueOf(1_000_000 - limitPpm));
        BigInteger highest =
                BigInteger.valueOf(market.most())
                        .multiply(BigInteger.valueOf(1_000_000 + limitPpm));
        BigInteger around = BigInteger.valueOf(slack).multiply(MILLION);
        assertThat(value).as("seed %d", seed).isGreaterThanOrEqualTo(lowest.subtract(around));
        assertThat(value).as("seed %d", seed).isLessThanOrEqualTo(highest.add(around));
    }

    @Test
    @Covers({"PRIC-034", "PRIC-079"})
    void theOrderOfSourcesWithinAnInstantDoesNotMatter() {
        seeds(1_000)
                .forEach(
                        seed -> {
                            Random random = new Random(seed);
                            int count = 3 + random.nextInt(4);
                            IndexMethod drawn = method(random, count);
                            IndexMethod method =
                                    new IndexMethod(
                                            drawn.outliers(),
                                            drawn.average(),
                                            drawn.weights(),
                                            drawn.weightCap(),
                                            Rate.ZERO,
                                            Optional.of(
                                                    new FrozenLimit(
                                                            2 * SECOND, Rate.parse("0.01"))));
                            String[] venues = new String[count];
                            for (int i = 0; i < count; i++) {
                                venues[i] = "v" + i;
                            }
                            IndexDefinition definition = index(venues).method(method).build();
                            List<List<Tick>> instants = instants(random, venues);
                            List<PriceState> first = played(definition, instants);
                            for (List<Tick> instant : instants) {
                                Collections.shuffle(instant, random);
                            }
                            assertThat(played(definition, instants))
                                    .as("seed %d", seed)
                                    .isEqualTo(first);
                        });
    }

    private static List<List<Tick>> instants(Random random, String[] venues) {
        List<List<Tick>> instants = new ArrayList<>();
        for (int second = 0; second < 8; second++) {
            List<Tick> instant = new ArrayList<>();
            for (int i = 0; i < venues.length; i++) {
                long price =
                        i == 0
                                ? 100 * FixedPoint.ONE_E8
                                : (98 + random.nextInt(6)) * FixedPoint.ONE_E8;
                instant.add(
                        new Tick(
                                venues[i],
                                PricingFixture.MARKET,
                                price,
                                random.nextLong(FixedPoint.ONE_E8),
                                T0 + second * SECOND));
            }
            instants.add(instant);
        }
        return instants;
    }

    private static List<PriceState> played(IndexDefinition definition, List<List<Tick>> instants) {
        PriceEngine engine = new PriceEngine(LIMITS);
        engine.apply(definition);
        List<PriceState> states = new ArrayList<>();
        for (List<Tick> instant : instants) {
            for (Tick tick : instant) {
                assertThat(engine.onTick(tick, tick.eventTimeNanos()))
                        .isInstanceOf(TickOutcome.Accepted.class);
            }
            assertThat(engine.advance(instant.getFirst().eventTimeNanos()))
                    .hasSizeLessThanOrEqualTo(1);
            states.add(engine.price(X_PERP).orElseThrow().state());
        }
        return states;
    }
}

package io.delever.engine.pricing;

import static io.delever.engine.pricing.PricingFixture.SECOND;
import static io.delever.engine.pricing.PricingFixture.T0;
import static io.delever.engine.pricing.PricingFixture.X_PERP;
import static io.delever.engine.pricing.PricingFixture.index;
import static io.delever.engine.pricing.PricingFixture.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.PriceState;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.testing.Covers;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexMethodTest {
    private static final PriceState MISSING = new PriceState.Missing();
    private static final InstrumentId USDC = new InstrumentId("USDC-USD");
    private static final IndexWeights FIXED = new IndexWeights.Fixed();
    private static final IndexWeights VOLUME = new IndexWeights.TrailingVolume(60 * SECOND);

    private static IndexMethod mean(OutlierRule outliers, String cap) {
        return new IndexMethod(
                outliers,
                IndexAverage.WEIGHTED_MEAN,
                FIXED,
                Rate.parse(cap),
                Rate.ZERO,
                Optional.empty());
    }

    private static SourceView view(String price) {
        return SourceView.of(Optional.of(new Observation(Price.parse(price), T0)));
    }

    private static IndexPrice price(PricingFixture.Definition definition, SourceView... views) {
        return IndexCalculator.of(definition.build(), Arrays.asList(views), MISSING, T0);
    }

    private static PricingFixture.Definition weighted(String weights) {
        PricingFixture.Definition definition = index();
        String[] all = weights.split(" ", -1);
        for (int i = 0; i < all.length; i++) {
            definition.source("v" + i, Long.parseLong(all[i]), 10);
        }
        return definition;
    }

    private static SourceView[] views(String prices) {
        return Arrays.stream(prices.split(" ", -1))
                .map(IndexMethodTest::view)
                .toArray(SourceView[]::new);
    }

    @Test
    @Covers("PRIC-070")
    void anOutlierIsMovedToTheLimitAndDoesNotCount() {
        PricingFixture.Definition definition =
                weighted("1 1 1").minimum(2).method(mean(OutlierRule.CLAMP, "1"));
        IndexPrice half = price(definition, views("100 101 50"));
        // The anchor is 100; 50 counts as 95.
        assertThat(half.state())
                .isEqualTo(new PriceState.Degraded(Price.parse("98.67"), Price.parse("98.67"), T0));
        assertThat(half.sourcesUsed()).isEqualTo(2);
        assertThat(half.exclusions())
                .containsExactly(new SourceExclusion(source("v2"), ExclusionReason.CLAMPED));
        assertThat(price(definition, views("100 101 0.00000001")).state()).isEqualTo(half.state());
        // Two that contradict each other are both beyond the limit, and none counts.
        assertThat(price(weighted("1 1").method(mean(OutlierRule.CLAMP, "1")), views("100 50")))
                .extracting(IndexPrice::state)
                .isEqualTo(MISSING);
    }

    @ParameterizedTest
    @Covers("PRIC-071")
    @CsvSource({
        "1 1, 100 102, 101",
        "3 1, 100 102, 100.5",
        "1 2 3, 100 101 102, 101.33",
        // Rounded once, half-even, from the exact mean.
        "1 1, 100.00 100.01, 100",
        "1 1, 100.01 100.02, 100.02",
        "2 1, 100.00499999 100.00500003, 100.01",
    })
    void theMeanCountsEveryUnitOfWeight(String weights, String prices, String expected) {
        IndexPrice result =
                price(weighted(weights).method(mean(OutlierRule.EXCLUDE, "1")), views(prices));
        assertThat(result.state().usableIndex()).contains(Price.parse(expected));
    }

    @ParameterizedTest
    @Covers("PRIC-072")
    @CsvSource({
        // 8 of 10 are cut to one half; the others share the rest as 1 to 1.
        "8 1 1, 0.5, 100 102 104, 101.5",
        // No cap binds.
        "8 1 1, 0.8, 100 102 104, 100.6",
        // After the first cap the second one binds too: shares 0.4, 0.4, 0.2.
        "90 9 1, 0.4, 100 102 104, 101.6",
        // Caps that cannot be kept mean equal shares.
        "90 9 1, 0.2, 100 102 104, 102",
    })
    void noShareIsAboveItsCap(String weights, String cap, String prices, String expected) {
        IndexPrice result =
                price(weighted(weights).method(mean(OutlierRule.EXCLUDE, cap)), views(prices));
        assertThat(result.state().usableIndex()).contains(Price.parse(expected));
    }

    @Test
    @Covers("PRIC-073")
    void weightsFollowWhatWasTraded() {
        PricingFixture.Definition definition =
                weighted("1 1 1")
                        .method(
                                new IndexMethod(
                                        OutlierRule.EXCLUDE,
                                        IndexAverage.WEIGHTED_MEAN,
                                        VOLUME,
                                        Rate.ONE,
                                        Rate.ZERO,
                                        Optional.empty()));
        assertThat(price(definition, traded("100", 6), traded("102", 2), traded("104", 0)).state())
                .isEqualTo(new PriceState.Fresh(Price.parse("100.5"), Price.parse("100.5"), T0));
        // Nothing was traded anywhere: the weights of the definition.
        assertThat(price(definition, traded("100", 0), traded("102", 0), traded("104", 0)))
                .extracting(each -> each.state().usableIndex().orElseThrow())
                .isEqualTo(Price.parse("102"));
        IndexMethod median =
                new IndexMethod(
                        OutlierRule.EXCLUDE,
                        IndexAverage.WEIGHTED_MEDIAN,
                        VOLUME,
                        Rate.ONE,
                        Rate.ZERO,
                        Optional.empty());
        // The one in the middle traded nothing: half is reached at 100, and the next is 104.
        assertThat(
                        price(
                                definition.method(median),
                                traded("100", 5),
                                traded("102", 0),
                                traded("104", 5)))
                .extracting(each -> each.state().usableIndex().orElseThrow())
                .isEqualTo(Price.parse("102"));
        assertThat(
                        price(
                                definition.method(median),
                                traded("100", 5),
                                traded("101", 0),
                                traded("104", 5)))
                .extracting(each -> each.state().usableIndex().orElseThrow())
                .isEqualTo(Price.parse("102"));
    }

    private static SourceView traded(String price, long volume) {
        return new SourceView(
                Optional.of(new Observation(Price.parse(price), T0)),
                false,
                volume,
                Optional.empty());
    }

    @Test
    @Covers("PRIC-073")
    void volumeLeavesTheWindowAndNeverOverflows() {
        TrailingVolume volume = new TrailingVolume(60 * SECOND);
        long two = FixedPoint.parseE8("2");
        volume.add(FixedPoint.parseE8("100"), two, T0);
        volume.add(FixedPoint.parseE8("50"), two, T0 + SECOND);
        assertThat(volume.volume(T0 + SECOND)).isEqualTo(30_000);
        assertThat(volume.volume(T0 + 59 * SECOND)).isEqualTo(30_000);
        assertThat(volume.volume(T0 + 60 * SECOND)).isEqualTo(10_000);
        assertThat(volume.volume(T0 + 61 * SECOND)).isZero();
        assertThat(volume.unchangedUntilNanos(T0)).isEqualTo(T0 + SECOND - 1);
        // A trade that is older than the window counts for nothing.
        volume.add(FixedPoint.parseE8("1"), two, T0 + 70 * SECOND);
        volume.add(FixedPoint.parseE8("1"), two, T0 + 10 * SECOND);
        assertThat(volume.volume(T0 + 70 * SECOND)).isEqualTo(200);
        for (int i = 0; i < 60; i++) {
            volume.add(Long.MAX_VALUE / 4, Long.MAX_VALUE, T0 + i * SECOND);
        }
        assertThat(volume.volume(T0 + 70 * SECOND)).isEqualTo(TrailingVolume.GREATEST);
    }

    @Test
    @Covers("PRIC-074")
    void aPriceInAnotherQuoteIsConverted() {
        PricingFixture.Definition definition = index("a").converted("b", USDC, "0.02").minimum(2);
        assertThat(price(definition, view("100"), rated("101", "0.99")).state())
                .isEqualTo(new PriceState.Fresh(Price.parse("100"), Price.parse("100"), T0));
        IndexPrice unknown = price(definition.minimum(1), view("100"), view("101"));
        assertThat(unknown.state().usableIndex()).contains(Price.parse("100"));
        assertThat(unknown.exclusions())
                .containsExactly(new SourceExclusion(source("b"), ExclusionReason.NO_RATE));
        IndexPrice zero =
                price(
                        definition.minimum(1),
                        view("100"),
                        new SourceView(
                                Optional.of(new Observation(new Price(1), T0)),
                                false,
                                0,
                                Optional.of(new Price(2))));
        assertThat(zero.exclusions())
                .containsExactly(new SourceExclusion(source("b"), ExclusionReason.DEPEGGED));
    }

    @ParameterizedTest
    @Covers("PRIC-075")
    @CsvSource({"0.98, true", "1.02, true", "0.97999999, false", "1.02000001, false"})
    void aDepeggedQuoteIsLeftOut(String rate, boolean takesPart) {
        IndexPrice result =
                price(index("a").converted("b", USDC, "0.02"), view("100"), rated("100", rate));
        assertThat(result.exclusions().isEmpty()).isEqualTo(takesPart);
        if (!takesPart) {
            assertThat(result.exclusions())
                    .containsExactly(new SourceExclusion(source("b"), ExclusionReason.DEPEGGED));
        }
    }

    private static SourceView rated(String price, String rate) {
        return new SourceView(
                Optional.of(new Observation(Price.parse(price), T0)),
                false,
                0,
                Optional.of(Price.parse(rate)));
    }

    @Test
    @Covers("PRIC-077")
    void theOwnMarketIsLeftOutOrCapped() {
        PricingFixture.Definition definition = index("a", "b").own("own").minimum(2);
        IndexPrice out = price(definition, views("100 102 101"));
        assertThat(out.state().usableIndex()).contains(Price.parse("101"));
        assertThat(out.exclusions())
                .containsExactly(new SourceExclusion(source("own"), ExclusionReason.OWN_VENUE));
        IndexMethod tenth =
                new IndexMethod(
                        OutlierRule.EXCLUDE,
                        IndexAverage.WEIGHTED_MEAN,
                        FIXED,
                        Rate.ONE,
                        Rate.parse("0.1"),
                        Optional.empty());
        IndexPrice capped = price(definition.method(tenth), views("100 100 105"));
        assertThat(capped.state().usableIndex()).contains(Price.parse("100.5"));
        // It neither moves the anchor nor helps to reach the minimum.
        IndexPrice alone =
                price(definition, view("100"), SourceView.of(Optional.empty()), view("100"));
        assertThat(alone.state()).isEqualTo(MISSING);
        assertThat(price(definition, views("100 104 120")).exclusions())
                .containsExactly(new SourceExclusion(source("own"), ExclusionReason.OUTLIER));
    }

    @Test
    @Covers("PRIC-076")
    void aFrozenSourceIsLeftOut() {
        SourceView frozen =
                new SourceView(
                        Optional.of(new Observation(Price.parse("101"), T0)),
                        true,
                        0,
                        Optional.empty());
        IndexPrice result = price(index("a", "b", "c"), view("100"), view("100"), frozen);
        assertThat(result.exclusions())
                .containsExactly(new SourceExclusion(source("c"), ExclusionReason.FROZEN));
    }

    @Test
    @Covers("PRIC-078")
    void whatIsOutOfItsRangeIsRefused() {
        refused("weight_cap_ppm", () -> mean(OutlierRule.CLAMP, "0"));
        refused("weight_cap_ppm", () -> mean(OutlierRule.CLAMP, "1.000001"));
        refused(
                "own_cap_ppm",
                () ->
                        new IndexMethod(
                                OutlierRule.CLAMP,
                                IndexAverage.WEIGHTED_MEAN,
                                FIXED,
                                Rate.ONE,
                                Rate.parse("1.000001"),
                                Optional.empty()));
        refused("volume_window_nanos", () -> new IndexWeights.TrailingVolume(SECOND - 1));
        refused("volume_window_nanos", () -> new IndexWeights.TrailingVolume(86_401 * SECOND));
        refused("frozen_after_nanos", () -> new FrozenLimit(0, Rate.parse("0.01")));
        refused("frozen_move_ppm", () -> new FrozenLimit(1, Rate.ZERO));
        refused("frozen_move_ppm", () -> new FrozenLimit(1, Rate.parse("0.500001")));
        refused("depeg_limit_ppm", () -> new QuoteConversion(USDC, Rate.ZERO));
        refused("depeg_limit_ppm", () -> new QuoteConversion(USDC, Rate.parse("0.500001")));
        refused("minimum_sources", () -> index("a").own("own").minimum(2).build());
        refused("own", () -> index("a").own("b").own("c").build());
        refused("rate_instrument_id", () -> index("a").converted("b", X_PERP, "0.01").build());
    }

    private static void refused(String field, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        OutOfRangeException.class, e -> assertThat(e.field()).isEqualTo(field));
    }

    @Test
    @Covers("PRIC-074")
    void ratesOfTheSameInstantAreUsedAndDoNotChain() {
        InstrumentId usdc = new InstrumentId("ZUSDC-USD");
        PriceEngine engine = new PriceEngine(PricingFixture.LIMITS);
        engine.apply(index().converted("b", usdc, "0.02").build());
        engine.apply(index(usdc, "rate").build());
        assertThat(engine.advance(T0)).hasSize(2);
        take(engine, "b", "100", T0);
        take(engine, "rate", "0.99", T0);
        List<IndexPrice> changed = engine.advance(T0);
        assertThat(changed).extracting(each -> each.instrument()).containsExactly(X_PERP, usdc);
        assertThat(engine.price(X_PERP).orElseThrow().state().usableIndex())
                .contains(Price.parse("99"));
        // The rate alone moves, and with it what it converts; then it becomes stale.
        take(engine, "rate", "0.98", T0 + SECOND);
        assertThat(engine.advance(T0 + SECOND)).hasSize(2);
        take(engine, "b", "100", T0 + 11 * SECOND);
        assertThat(engine.advance(T0 + 12 * SECOND)).hasSize(2);
        assertThat(engine.price(X_PERP).orElseThrow().exclusions())
                .containsExactly(new SourceExclusion(source("b"), ExclusionReason.NO_RATE));
        InstrumentId chained = new InstrumentId("CHAINED");
        engine.apply(index(chained).converted("c", X_PERP, "0.5").build());
        take(engine, "c", "1", T0 + 12 * SECOND);
        assertThat(engine.advance(T0 + 12 * SECOND)).hasSize(1);
        assertThat(engine.price(chained).orElseThrow().exclusions())
                .containsExactly(new SourceExclusion(source("c"), ExclusionReason.NO_RATE));
    }

    private static void take(PriceEngine engine, String venue, String price, long time) {
        assertThat(engine.onTick(PricingFixture.tick(venue, price, time), time))
                .isInstanceOf(TickOutcome.Accepted.class);
    }

    @Test
    @Covers("PRIC-076")
    void whoStandsStillWhileTheOthersMoveIsFrozenUntilItMoves() {
        PriceEngine engine = new PriceEngine(PricingFixture.LIMITS);
        IndexMethod method =
                new IndexMethod(
                        OutlierRule.EXCLUDE,
                        IndexAverage.WEIGHTED_MEDIAN,
                        FIXED,
                        Rate.ONE,
                        Rate.ZERO,
                        Optional.of(new FrozenLimit(5 * SECOND, Rate.parse("0.01"))));
        engine.apply(index("a", "b", "c").method(method).build());
        String[] honest = {"100", "100.5", "100.9", "101.2", "101.3", "101.4", "101.4", "101.4"};
        for (int second = 0; second < honest.length; second++) {
            long now = T0 + second * SECOND;
            take(engine, "a", honest[second], now);
            take(engine, "b", honest[second], now);
            // It keeps sending the one price.
            take(engine, "c", "100", now);
            assertThat(engine.advance(now)).hasSizeLessThanOrEqualTo(1);
            boolean frozen =
                    engine.price(X_PERP)
                            .orElseThrow()
                            .exclusions()
                            .contains(new SourceExclusion(source("c"), ExclusionReason.FROZEN));
            // At the fourth second the others are 1.2 % away; at the fifth the time has passed.
            assertThat(frozen).as("second %d", second).isEqualTo(second >= 5);
        }
        // The others come back to it: it is frozen still. Then it moves.
        long back = T0 + 8 * SECOND;
        take(engine, "a", "100", back);
        take(engine, "b", "100", back);
        take(engine, "c", "100", back);
        assertThat(engine.advance(back)).hasSize(1);
        assertThat(engine.price(X_PERP).orElseThrow().sourcesUsed()).isEqualTo(2);
        take(engine, "c", "100.01", back + SECOND);
        assertThat(engine.advance(back + SECOND)).hasSize(1);
        assertThat(engine.price(X_PERP).orElseThrow().sourcesUsed()).isEqualTo(3);
    }

    @Test
    @Covers("PRIC-076")
    void timeAloneMakesItFrozenAndASingleOtherDoesNot() {
        IndexMethod method =
                new IndexMethod(
                        OutlierRule.EXCLUDE,
                        IndexAverage.WEIGHTED_MEDIAN,
                        FIXED,
                        Rate.ONE,
                        Rate.ZERO,
                        Optional.of(new FrozenLimit(5 * SECOND, Rate.parse("0.01"))));
        for (boolean third : new boolean[] {true, false}) {
            PriceEngine engine = new PriceEngine(PricingFixture.LIMITS);
            engine.apply((third ? index("a", "b", "c") : index("a", "c")).method(method).build());
            for (int second = 0; second < 2; second++) {
                long now = T0 + second * SECOND;
                take(engine, "a", second == 0 ? "100" : "102", now);
                if (third) {
                    take(engine, "b", second == 0 ? "100" : "102", now);
                }
                take(engine, "c", "100", now);
                assertThat(engine.advance(now)).hasSize(1);
            }
            assertThat(engine.advance(T0 + 5 * SECOND - 1)).isEmpty();
            assertThat(engine.advance(T0 + 5 * SECOND)).hasSize(third ? 1 : 0);
        }
    }

    @Test
    @Covers("PRIC-073")
    void theEngineWeighsWhatItSawTraded() {
        PriceEngine engine = new PriceEngine(PricingFixture.LIMITS);
        engine.apply(
                index("a", "b")
                        .method(
                                new IndexMethod(
                                        OutlierRule.EXCLUDE,
                                        IndexAverage.WEIGHTED_MEAN,
                                        VOLUME,
                                        Rate.ONE,
                                        Rate.ZERO,
                                        Optional.empty()))
                        .build());
        trade(engine, "a", "100", "3", T0);
        trade(engine, "b", "104", "1", T0 + SECOND);
        assertThat(engine.advance(T0 + SECOND)).hasSize(1);
        // 300 at 100 and 104 at 104.
        assertThat(engine.price(X_PERP).orElseThrow().state().usableIndex())
                .contains(Price.parse("101.03"));
        take(engine, "a", "100", T0 + 58 * SECOND);
        take(engine, "b", "104", T0 + 58 * SECOND);
        assertThat(engine.advance(T0 + 59 * SECOND)).hasSize(1);
        // The trade at 100 leaves the window by time alone.
        assertThat(engine.advance(T0 + 60 * SECOND)).hasSize(1);
        assertThat(engine.price(X_PERP).orElseThrow().state().usableIndex())
                .contains(Price.parse("104"));
    }

    private static void trade(
            PriceEngine engine, String venue, String price, String size, long time) {
        Tick tick =
                new Tick(
                        venue,
                        PricingFixture.MARKET,
                        FixedPoint.parseE8(price),
                        Quantity.parse(size).e8(),
                        time);
        assertThat(engine.onTick(tick, time)).isInstanceOf(TickOutcome.Accepted.class);
    }
}

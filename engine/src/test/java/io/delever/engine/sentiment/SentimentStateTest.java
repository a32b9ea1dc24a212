package io.delever.engine.sentiment;

import static io.delever.engine.sentiment.SentimentFixtures.BTC;
import static io.delever.engine.sentiment.SentimentFixtures.ETH;
import static io.delever.engine.sentiment.SentimentFixtures.MINUTE;
import static io.delever.engine.sentiment.SentimentFixtures.SECOND;
import static io.delever.engine.sentiment.SentimentFixtures.START;
import static io.delever.engine.sentiment.SentimentFixtures.accept;
import static io.delever.engine.sentiment.SentimentFixtures.atRisk;
import static io.delever.engine.sentiment.SentimentFixtures.closed;
import static io.delever.engine.sentiment.SentimentFixtures.connected;
import static io.delever.engine.sentiment.SentimentFixtures.contribution;
import static io.delever.engine.sentiment.SentimentFixtures.holders;
import static io.delever.engine.sentiment.SentimentFixtures.indexOnly;
import static io.delever.engine.sentiment.SentimentFixtures.lost;
import static io.delever.engine.sentiment.SentimentFixtures.price;
import static io.delever.engine.sentiment.SentimentFixtures.state;
import static io.delever.engine.sentiment.SentimentFixtures.walk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
import io.delever.engine.sentiment.Observation.FeedChanged;
import io.delever.testing.Covers;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SentimentStateTest {
    @Test
    @Covers("SENT-007")
    void withoutAnySignalTheScoreIsFiftyWithoutConfidence() {
        Score score = state().marketScore(START);

        assertThat(score.micros()).isEqualTo(Score.NEUTRAL_MICROS);
        assertThat(score.confidence()).isEqualTo(Rate.ZERO);
        assertThat(score.contributions()).isEmpty();
        assertThat(score.missing()).containsExactly(Signal.values());
    }

    @Test
    @Covers({"SENT-001", "SENT-007"})
    void weightsAreRenormalisedOverWhatIsPresent() {
        SentimentState state = connected();
        accept(state, price(BTC, "100", "100.05", START));

        Score score = state.score(BTC, START).orElseThrow();

        // Present: drawdown 0.25 at +1, liquidations 0.25 at 0, funding 0.05 at 1/2; of 0.90 in
        // all.
        assertThat(score.contributions())
                .extracting(Contribution::signal)
                .containsExactly(Signal.DRAWDOWN, Signal.LIQUIDATIONS, Signal.FUNDING);
        assertThat(score.missing()).containsExactly(Signal.VOLATILITY, Signal.SKEW);
        assertThat(score.confidence()).isEqualTo(new Rate(611_111));
        assertThat(contribution(score, Signal.DRAWDOWN).micros()).isEqualTo(22_727_272);
        assertThat(contribution(score, Signal.LIQUIDATIONS).micros()).isZero();
        assertThat(contribution(score, Signal.FUNDING).micros()).isEqualTo(2_272_727);
        assertThat(score.micros()).isEqualTo(74_999_999);
        assertThat(score.level()).isEqualTo(SentimentLevel.GREED);
    }

    @Test
    @Covers("SENT-001")
    void marginCallsCountForTheMarketOnly() {
        SentimentState state = connected();
        accept(state, price(BTC, "100", "100", START));
        accept(state, atRisk(2, 100, START));

        Score market = state.marketScore(START);
        assertThat(contribution(market, Signal.MARGIN_CALLS).value()).isEqualTo(0.02);
        Score one = state.score(BTC, START).orElseThrow();
        assertThat(one.missing()).doesNotContain(Signal.MARGIN_CALLS);
        assertThat(one.contributions())
                .extracting(Contribution::signal)
                .doesNotContain(Signal.MARGIN_CALLS);
    }

    @Test
    @Covers({"SENT-002", "SENT-003", "SENT-017"})
    void contributionsAddUpExactlyAndReplayIsTheSame() {
        for (long seed = 1; seed <= 200; seed++) {
            List<Observation> observations = observations(seed);
            SentimentState first = state();
            SentimentState second = state();
            long now = START;
            for (Observation observation : observations) {
                boolean taken = first.accept(observation);
                assertThat(second.accept(observation)).isEqualTo(taken);
                now = Math.max(now, observation.eventTimeNanos());
                Score market = first.marketScore(now);
                long sum = market.contributions().stream().mapToLong(Contribution::micros).sum();
                assertThat(market.micros())
                        .as("seed %d", seed)
                        .isEqualTo(Score.NEUTRAL_MICROS + sum)
                        .isBetween(0L, Score.GREATEST_MICROS);
            }
            assertThat(second.marketScore(now))
                    .as("seed %d", seed)
                    .isEqualTo(first.marketScore(now));
            assertThat(first.instruments()).hasSizeLessThanOrEqualTo(16);
        }
    }

    @Test
    @Covers("SENT-002")
    void theWorstOfEverythingIsNotBelowZero() {
        SentimentState state = connected();
        long time = START;
        for (int i = 0; i < 40; i++) {
            time += 1;
            accept(state, indexOnly(BTC, i % 2 == 0 ? Long.MAX_VALUE : 1, time));
        }
        accept(state, price(BTC, "1", "0.00000001", time + 1));
        accept(state, holders(BTC, 0, Long.MAX_VALUE / 2, time));
        accept(state, closed(BTC, true, "92233720368", time));

        Score score = state.score(BTC, time + 1).orElseThrow();

        assertThat(score.missing()).isEmpty();
        assertThat(score.micros()).isBetween(0L, 1_000_000L);
    }

    @Test
    @Covers("SENT-002")
    void aScoreThatDoesNotAddUpCannotBeMade() {
        List<Contribution> one = List.of(new Contribution(Signal.SKEW, 0, 5));
        assertThatThrownBy(
                        () ->
                                new Score(
                                        Optional.empty(),
                                        50_000_006,
                                        SentimentLevel.NEUTRAL,
                                        Rate.ONE,
                                        one,
                                        List.of(),
                                        START))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("50000005");
        assertThatThrownBy(() -> new Contribution(Signal.SKEW, Double.NaN, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Covers("SENT-005")
    void aLostPriceTakesItsSignalsAndItsGapIsNoReturn() {
        SentimentState state = connected();
        long time = walk(state, BTC, 40, SECOND, 0);
        accept(state, price(BTC, "100", "100", time + SECOND));
        assertThat(state.score(BTC, time + SECOND).orElseThrow().missing())
                .containsExactly(Signal.SKEW);

        accept(state, lost(BTC, time + 2 * SECOND));
        assertThat(state.score(BTC, time + 2 * SECOND).orElseThrow().missing())
                .containsExactly(Signal.VOLATILITY, Signal.DRAWDOWN, Signal.SKEW, Signal.FUNDING);

        accept(state, price(BTC, "50", "50", time + 3 * SECOND));
        Score back = state.score(BTC, time + 3 * SECOND).orElseThrow();
        assertThat(contribution(back, Signal.VOLATILITY).value()).isZero();
        assertThat(contribution(back, Signal.DRAWDOWN).value()).isCloseTo(0.5, within(0.001));
    }

    @Test
    @Covers("SENT-006")
    void aFeedThatIsDownLosesItsSignalsAfterTheGrace() {
        SentimentState state = state();
        accept(state, price(BTC, "100", "100", START));
        assertThat(state.score(BTC, START).orElseThrow().confidence()).isEqualTo(Rate.ZERO);

        accept(state, new FeedChanged(Feed.PRICES, true, START));
        assertThat(state.score(BTC, START).orElseThrow().contributions())
                .extracting(Contribution::signal)
                .containsExactly(Signal.DRAWDOWN, Signal.FUNDING);

        accept(state, new FeedChanged(Feed.PRICES, false, START));
        assertThat(state.score(BTC, START + 10 * SECOND).orElseThrow().contributions()).hasSize(2);
        assertThat(state.score(BTC, START + 10 * SECOND + 1).orElseThrow().contributions())
                .isEmpty();
    }

    @Test
    @Covers("SENT-008")
    void levelsByThresholds() {
        SentimentParameters.Levels levels = SentimentParameters.published().levels();
        Map<Long, SentimentLevel> expected =
                Map.of(
                        0L, SentimentLevel.EXTREME_FEAR,
                        24_999_999L, SentimentLevel.EXTREME_FEAR,
                        25_000_000L, SentimentLevel.FEAR,
                        44_999_999L, SentimentLevel.FEAR,
                        45_000_000L, SentimentLevel.NEUTRAL,
                        55_000_000L, SentimentLevel.NEUTRAL,
                        55_000_001L, SentimentLevel.GREED,
                        75_000_000L, SentimentLevel.GREED,
                        75_000_001L, SentimentLevel.EXTREME_GREED,
                        100_000_000L, SentimentLevel.EXTREME_GREED);
        expected.forEach((micros, level) -> assertThat(levels.of(micros)).isEqualTo(level));
        assertThatThrownBy(() -> new SentimentParameters.Levels(2, 1, 3, 4))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Covers("SENT-009")
    void publishedWeightsAddUpAndBadOnesAreRefused() {
        SentimentParameters published = SentimentParameters.published();
        assertThat(published.weights().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(1_000_000L);
        Map<Signal, Long> broken = new EnumMap<>(published.weights());
        broken.put(Signal.SKEW, 0L);
        assertThatThrownBy(
                        () ->
                                new SentimentParameters(
                                        broken,
                                        published.scales(),
                                        published.windows(),
                                        published.levels()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("skew");
        assertThatThrownBy(() -> new SentimentParameters.Scales(0.6, Double.NaN, 1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("drawdown");
        assertThatThrownBy(() -> published.atSpeed(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Covers("SENT-009")
    void aReplayAtSpeedShowsTheSameVolatilityAndFlow() {
        SentimentState slow = connected();
        SentimentState fast = new SentimentState(SentimentParameters.published().atSpeed(60), 16);
        for (Feed feed : Feed.values()) {
            accept(fast, new FeedChanged(feed, true, START));
        }
        long slowEnd = walk(slow, BTC, 100, 60 * SECOND, 50_000_000L);
        long fastEnd = walk(fast, BTC, 100, SECOND, 50_000_000L);
        accept(slow, closed(BTC, true, "100000", slowEnd));
        accept(fast, closed(BTC, true, "100000", fastEnd));

        Score a = slow.score(BTC, slowEnd).orElseThrow();
        Score b = fast.score(BTC, fastEnd).orElseThrow();

        for (Signal signal : List.of(Signal.VOLATILITY, Signal.LIQUIDATIONS)) {
            double expected = contribution(a, signal).value();
            assertThat(contribution(b, signal).value())
                    .isCloseTo(expected, within(expected * 1e-9));
        }
    }

    @Test
    @Covers("SENT-016")
    void theMarketIsTheMeanAndTheTotal() {
        SentimentState state = connected();
        accept(state, price(BTC, "100", "100.1", START));
        accept(state, price(ETH, "10", "10.03", START));
        accept(state, holders(BTC, 30, 10, START));
        accept(state, holders(ETH, 10, 50, START));
        accept(state, closed(BTC, true, "100", START));
        accept(state, closed(ETH, false, "40", START));

        Score market = state.marketScore(START);
        assertThat(contribution(market, Signal.FUNDING).value()).isCloseTo(0.002, within(1e-12));
        assertThat(contribution(market, Signal.SKEW).value()).isEqualTo(-0.2);
        double one =
                contribution(state.score(BTC, START).orElseThrow(), Signal.LIQUIDATIONS).value();
        assertThat(contribution(market, Signal.LIQUIDATIONS).value())
                .isCloseTo(0.6 * one, within(one * 1e-9));
    }

    @Test
    @Covers("SENT-017")
    void anInstrumentBeyondTheLimitIsRefused() {
        SentimentState state = new SentimentState(SentimentParameters.published(), 1);
        assertThat(state.accept(price(BTC, "100", "100", START))).isTrue();
        assertThat(state.accept(price(ETH, "100", "100", START))).isFalse();
        assertThat(state.accept(price(BTC, "101", "101", START + MINUTE))).isTrue();
        assertThat(state.instruments()).containsExactly(BTC);
        assertThat(state.score(ETH, START)).isEmpty();
    }

    private static List<Observation> observations(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Observation> observations = new ArrayList<>();
        long time = START;
        for (int i = 0; i < 120; i++) {
            time += random.nextLong(0, 5 * SECOND);
            InstrumentId id = new InstrumentId("I" + random.nextInt(20));
            observations.add(
                    switch (random.nextInt(8)) {
                        case 0 -> lost(id, time);
                        case 1 -> holders(id, random.nextLong(1000), random.nextLong(1000), time);
                        case 2 ->
                                closed(
                                        id,
                                        random.nextBoolean(),
                                        Long.toString(random.nextLong(10_000_000)),
                                        time - random.nextLong(MINUTE));
                        case 3 -> atRisk(random.nextLong(10), 1 + random.nextLong(100), time);
                        case 4 ->
                                new FeedChanged(
                                        List.of(Feed.values()).get(random.nextInt(3)),
                                        random.nextInt(4) > 0,
                                        time);
                        default ->
                                new Observation.PriceObserved(
                                        id,
                                        new Price(1 + random.nextLong(1_000_000_000_000L)),
                                        random.nextBoolean()
                                                ? Optional.of(
                                                        new Price(
                                                                1
                                                                        + random.nextLong(
                                                                                1_000_000_000_000L)))
                                                : Optional.empty(),
                                        time);
                    });
        }
        return observations;
    }
}

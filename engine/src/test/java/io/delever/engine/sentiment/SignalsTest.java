package io.delever.engine.sentiment;

import static io.delever.engine.sentiment.SentimentFixtures.BTC;
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
import static io.delever.engine.sentiment.SentimentFixtures.price;
import static io.delever.engine.sentiment.SentimentFixtures.walk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.delever.engine.money.Rate;
import io.delever.testing.Covers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignalsTest {
    private static final double YEAR_SECONDS = 31_557_600d;

    @Test
    @Covers("SENT-010")
    void volatilityIsThatOfTheReturns() {
        SentimentState state = connected();
        long time = walk(state, BTC, 200, 10 * SECOND, 10_000_000L);

        double r = Math.log(100.1 / 100);
        double expected = Math.abs(r) * Math.sqrt(YEAR_SECONDS / 10);
        Score score = state.score(BTC, time).orElseThrow();
        assertThat(contribution(score, Signal.VOLATILITY).value())
                .isCloseTo(expected, within(expected * 1e-9));
        assertThat(contribution(score, Signal.VOLATILITY).micros()).isNegative();
    }

    @Test
    @Covers("SENT-010")
    void volatilityDoesNotDependOnTheSpacingOfTicks() {
        SentimentState even = connected();
        SentimentState uneven = connected();
        long time = START;
        // A return over dt of size sqrt(dt): the same rate of variance at any spacing.
        double evenPrice = 100;
        double unevenPrice = 100;
        for (int i = 0; i < 400; i++) {
            long spacing = i % 2 == 0 ? SECOND : 9 * SECOND;
            time += spacing;
            double step = 0.0005 * Math.sqrt(spacing / 1e9);
            unevenPrice *= Math.exp(i % 4 < 2 ? step : -step);
            accept(uneven, indexOnly(BTC, (long) (unevenPrice * 1e8), time));
            double evenStep = 0.0005 * Math.sqrt(5);
            evenPrice *= Math.exp(i % 4 < 2 ? evenStep : -evenStep);
            accept(even, indexOnly(BTC, (long) (evenPrice * 1e8), START + (i + 1) * (5 * SECOND)));
        }
        double a = volatility(even, time);
        assertThat(volatility(uneven, time)).isCloseTo(a, within(a * 1e-3));
    }

    @Test
    @Covers("SENT-010")
    void volatilityNeedsItsReturnsAndIgnoresOldTicks() {
        SentimentState state = connected();
        long time = walk(state, BTC, 20, SECOND, 10_000_000L);
        assertThat(state.score(BTC, time).orElseThrow().missing()).contains(Signal.VOLATILITY);
        accept(state, indexOnly(BTC, 1L, time));
        accept(state, indexOnly(BTC, 1L, time - SECOND));
        assertThat(state.score(BTC, time).orElseThrow().missing()).contains(Signal.VOLATILITY);
        accept(state, indexOnly(BTC, 10_000_000_000L, time + SECOND));
        assertThat(volatility(state, time)).isLessThan(10);
    }

    @Test
    @Covers("SENT-011")
    void drawdownFallsFromAPeakThatDecays() {
        SentimentState state = connected();
        accept(state, indexOnly(BTC, 10_000_000_000L, START));
        assertThat(drawdown(state, START)).isZero();
        accept(state, indexOnly(BTC, 8_000_000_000L, START));
        assertThat(drawdown(state, START)).isCloseTo(0.2, within(1e-12));
        long later = START + 360 * MINUTE;
        accept(state, indexOnly(BTC, 8_000_000_000L, later));
        assertThat(drawdown(state, later)).isCloseTo(10d / 90, within(1e-12));
        accept(state, indexOnly(BTC, 9_500_000_000L, later + 1));
        assertThat(drawdown(state, later)).isZero();
    }

    @Test
    @Covers("SENT-012")
    void skewCountsAccounts() {
        SentimentState state = connected();
        accept(state, holders(BTC, 75, 25, START));
        accept(state, holders(BTC, 1, 99, START - 1));
        Score score = state.score(BTC, START).orElseThrow();
        assertThat(contribution(score, Signal.SKEW).value()).isEqualTo(0.5);
        assertThat(contribution(score, Signal.SKEW).micros()).isPositive();

        Score old = state.score(BTC, START + 30 * SECOND + 1).orElseThrow();
        assertThat(old.missing()).contains(Signal.SKEW);
        accept(state, holders(BTC, 0, 0, START + MINUTE));
        assertThat(state.score(BTC, START + MINUTE).orElseThrow().missing()).contains(Signal.SKEW);
        assertThatThrownBy(() -> holders(BTC, -1, 0, START))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("BTC-PERP");
    }

    @Test
    @Covers("SENT-013")
    void closedLongsLowerAndClosedShortsRaiseAndBothFade() {
        SentimentState longs = connected();
        accept(longs, closed(BTC, true, "1000000", START));
        SentimentState shorts = connected();
        accept(shorts, closed(BTC, false, "1000000", START));
        SentimentState both = connected();
        accept(both, closed(BTC, true, "1000000", START));
        accept(both, closed(BTC, false, "1000000", START));

        assertThat(liquidations(longs, START).micros()).isNegative();
        assertThat(liquidations(shorts, START).micros())
                .isEqualTo(-liquidations(longs, START).micros());
        assertThat(liquidations(both, START).micros()).isZero();
        // One million decaying with a half-life of ten minutes starts at ln 2 × 6 an hour.
        double flow = 1_000_000 * Math.log(2) * 6;
        assertThat(liquidations(longs, START).value()).isCloseTo(flow, within(flow * 1e-9));
        assertThat(liquidations(longs, START + 10 * MINUTE).value())
                .isCloseTo(flow / 2, within(flow * 1e-9));
    }

    @Test
    @Covers("SENT-013")
    void aCloseHeardOfLateCountsWhatIsLeftOfIt() {
        SentimentState inOrder = connected();
        accept(inOrder, closed(BTC, true, "500", START));
        accept(inOrder, closed(BTC, true, "300", START + 10 * MINUTE));
        SentimentState late = connected();
        accept(late, closed(BTC, true, "300", START + 10 * MINUTE));
        accept(late, closed(BTC, true, "500", START));
        double expected = liquidations(inOrder, START + 11 * MINUTE).value();
        assertThat(liquidations(late, START + 11 * MINUTE).value())
                .isCloseTo(expected, within(expected * 1e-12));
        assertThatThrownBy(() -> closed(BTC, true, "-1", START))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Covers("SENT-014")
    void fundingFollowsThePremiumAndIsMissingWithoutAMark() {
        SentimentState state = connected();
        accept(state, indexOnly(BTC, 10_000_000_000L, START));
        assertThat(state.score(BTC, START).orElseThrow().missing()).contains(Signal.FUNDING);

        accept(state, price(BTC, "100", "100.05", START + SECOND));
        assertThat(funding(state, START).value()).isCloseTo(0.0005, within(1e-12));
        assertThat(funding(state, START).micros()).isPositive();
        accept(state, price(BTC, "100", "99.95", START + SECOND + 5 * MINUTE));
        assertThat(funding(state, START).value()).isCloseTo(0, within(1e-12));
        accept(state, price(BTC, "100", "99", START + SECOND + 10 * MINUTE));
        assertThat(funding(state, START).micros()).isNegative();
        accept(state, indexOnly(BTC, 10_000_000_000L, START + 20 * MINUTE));
        assertThat(state.score(BTC, START).orElseThrow().missing()).contains(Signal.FUNDING);
    }

    @Test
    @Covers("SENT-015")
    void marginCallsAreAShareOfAllAccounts() {
        SentimentState state = connected();
        assertThat(state.marketScore(START).missing()).contains(Signal.MARGIN_CALLS);
        accept(state, atRisk(0, 0, START));
        assertThat(state.marketScore(START).missing()).contains(Signal.MARGIN_CALLS);
        accept(state, atRisk(1, 50, START));
        Score score = state.marketScore(START);
        assertThat(contribution(score, Signal.MARGIN_CALLS).value()).isEqualTo(0.02);
        assertThat(contribution(score, Signal.MARGIN_CALLS).micros()).isNegative();
        assertThat(state.marketScore(START + 30 * SECOND + 1).missing())
                .contains(Signal.MARGIN_CALLS);
        assertThatThrownBy(() -> atRisk(-1, 1, START)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @Covers("SENT-004")
    @ValueSource(
            doubles = {
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                1.0000001,
                -1.0000001
            })
    void theConverterRefusesWhatIsNoBoundedSignal(double value) {
        assertThatThrownBy(() -> ScoreConverter.micros(value))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ScoreConverter.rate(value))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Covers("SENT-004")
    void theConverterRoundsHalfEven() {
        assertThat(ScoreConverter.micros(1)).isEqualTo(1_000_000);
        assertThat(ScoreConverter.micros(-1)).isEqualTo(-1_000_000);
        assertThat(ScoreConverter.micros(0.0000005)).isZero();
        assertThat(ScoreConverter.micros(0.0000015)).isEqualTo(2);
        assertThat(ScoreConverter.rate(0.25)).isEqualTo(new Rate(250_000));
        assertThatThrownBy(() -> ScoreConverter.rate(-0.1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static double volatility(SentimentState state, long now) {
        return contribution(state.score(BTC, now).orElseThrow(), Signal.VOLATILITY).value();
    }

    private static double drawdown(SentimentState state, long now) {
        return contribution(state.score(BTC, now).orElseThrow(), Signal.DRAWDOWN).value();
    }

    private static Contribution liquidations(SentimentState state, long now) {
        return contribution(state.score(BTC, now).orElseThrow(), Signal.LIQUIDATIONS);
    }

    private static Contribution funding(SentimentState state, long now) {
        return contribution(state.score(BTC, now).orElseThrow(), Signal.FUNDING);
    }
}

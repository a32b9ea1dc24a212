package io.delever.engine.sentiment;

import static io.delever.engine.sentiment.SentimentFixtures.BTC;
import static io.delever.engine.sentiment.SentimentFixtures.MINUTE;
import static io.delever.engine.sentiment.SentimentFixtures.SECOND;
import static io.delever.engine.sentiment.SentimentFixtures.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.engine.money.Rate;
import io.delever.testing.Covers;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RiskAdjusterTest {
    private static final AdjustmentParameters PUBLISHED = AdjustmentParameters.published();

    @Test
    @Covers({"SENT-020", "SENT-025"})
    void startsAtOneWithoutReasons() {
        RiskAdjuster adjuster = new RiskAdjuster(PUBLISHED);
        RiskAdjustment adjustment = adjuster.at(Optional.of(BTC), START);
        assertThat(adjustment.multiplier()).isEqualTo(Rate.ONE);
        assertThat(adjustment.bound()).isEqualTo(new Rate(1_500_000));
        assertThat(adjustment.reasons()).isEmpty();
    }

    @Test
    @Covers("SENT-020")
    void staysWithinItsBoundWhateverTheScores() {
        SplittableRandom random = new SplittableRandom(7);
        RiskAdjuster adjuster = new RiskAdjuster(PUBLISHED);
        long now = START;
        for (int i = 0; i < 20_000; i++) {
            now += random.nextLong(20 * MINUTE / 10);
            adjuster.update(score(random.nextLong(100_000_001), 1_000_000), now);
            long ppm = adjuster.at(Optional.empty(), now).multiplier().ppm();
            assertThat(ppm).as("step %d", i).isBetween(1_000_000L, 1_500_000L);
        }
        adjuster.update(score(0, 1_000_000), now + 1_000 * MINUTE);
        assertThatThrownBy(() -> adjustment(999_999)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> adjustment(1_500_001))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @Covers("SENT-021")
    void movesNoFasterThanItsPaceInAnySpacing() {
        for (long spacing : new long[] {MINUTE, SECOND, SECOND / 1000, 7_777_777L}) {
            RiskAdjuster adjuster = new RiskAdjuster(PUBLISHED);
            adjuster.update(score(0, 1_000_000), START);
            assertThat(ppm(adjuster, START)).as("first").isEqualTo(1_000_000);
            long now = START;
            while (now + spacing <= START + 2 * MINUTE) {
                now += spacing;
                adjuster.update(score(0, 1_000_000), now);
            }
            assertThat(ppm(adjuster, now)).isBetween(1_099_900L, 1_100_000L);
        }
    }

    @Test
    @Covers("SENT-021")
    void fallsSlowerThanItRises() {
        RiskAdjuster adjuster = raisedFor(10);
        assertThat(ppm(adjuster, START + 10 * MINUTE)).isEqualTo(1_500_000);
        adjuster.update(score(60_000_000, 1_000_000), START + 11 * MINUTE);
        assertThat(ppm(adjuster, START + 11 * MINUTE)).isEqualTo(1_490_000);
    }

    @Test
    @Covers("SENT-022")
    void holdsBetweenTheThresholds() {
        RiskAdjuster adjuster = new RiskAdjuster(PUBLISHED);
        adjuster.update(score(30_000_000, 1_000_000), START);
        adjuster.update(score(30_000_000, 1_000_000), START + MINUTE);
        assertThat(ppm(adjuster, START + MINUTE)).isEqualTo(1_000_000);

        adjuster.update(score(29_999_999, 1_000_000), START + 2 * MINUTE);
        assertThat(ppm(adjuster, START + 2 * MINUTE)).isEqualTo(1_050_000);
        adjuster.update(score(40_000_000, 1_000_000), START + 3 * MINUTE);
        assertThat(ppm(adjuster, START + 3 * MINUTE)).isEqualTo(1_050_000);
        adjuster.update(score(40_000_001, 1_000_000), START + 4 * MINUTE);
        assertThat(ppm(adjuster, START + 4 * MINUTE)).isEqualTo(1_040_000);
        adjuster.update(score(30_000_000, 1_000_000), START + 5 * MINUTE);
        assertThat(ppm(adjuster, START + 5 * MINUTE)).isEqualTo(1_030_000);
    }

    @Test
    @Covers("SENT-022")
    void asksForNoMoreThanTheScoreIsWorth() {
        RiskAdjuster adjuster = new RiskAdjuster(PUBLISHED);
        // (40 - 25) / (40 - 10) of 0.5
        for (int minute = 0; minute < 20; minute++) {
            adjuster.update(score(25_000_000, 1_000_000), START + minute * MINUTE);
        }
        assertThat(ppm(adjuster, START + 19 * MINUTE)).isEqualTo(1_250_000);
    }

    @Test
    @Covers("SENT-023")
    void expires() {
        RiskAdjuster adjuster = raisedFor(4);
        long expires = adjuster.at(Optional.empty(), START + 4 * MINUTE).expiresAtNanos();
        assertThat(expires).isEqualTo(START + 14 * MINUTE);
        assertThat(ppm(adjuster, expires - 1)).isEqualTo(1_200_000);
        assertThat(ppm(adjuster, expires)).isEqualTo(1_000_000);
        RiskAdjustment last = adjuster.at(Optional.empty(), expires - 1);
        assertThat(last.asOf(expires - 1)).isEqualTo(last);
        assertThat(last.asOf(expires).multiplier()).isEqualTo(Rate.ONE);
        assertThat(last.asOf(expires).reasons()).isEmpty();
        adjuster.update(score(35_000_000, 1_000_000), expires);
        assertThat(ppm(adjuster, expires)).isEqualTo(1_000_000);
    }

    @Test
    @Covers("SENT-024")
    void withoutConfidenceItNeitherMovesNorRenews() {
        RiskAdjuster adjuster = raisedFor(4);
        long expires = adjuster.at(Optional.empty(), START + 4 * MINUTE).expiresAtNanos();
        adjuster.update(score(0, 499_999), START + 6 * MINUTE);
        adjuster.update(score(90_000_000, 499_999), START + 7 * MINUTE);
        assertThat(ppm(adjuster, START + 7 * MINUTE)).isEqualTo(1_200_000);
        assertThat(adjuster.at(Optional.empty(), START + 7 * MINUTE).expiresAtNanos())
                .isEqualTo(expires);
        adjuster.update(score(0, 500_000), START + 8 * MINUTE);
        assertThat(ppm(adjuster, START + 8 * MINUTE)).isEqualTo(1_250_000);
        adjuster.update(score(0, 1_000_000), START + 7 * MINUTE);
        assertThat(ppm(adjuster, START + 8 * MINUTE)).isEqualTo(1_250_000);
    }

    @Test
    @Covers("SENT-025")
    void namesItsReasons() {
        RiskAdjuster adjuster = new RiskAdjuster(PUBLISHED);
        adjuster.update(score(12_500_000, 1_000_000), START);
        adjuster.update(score(12_500_000, 1_000_000), START + MINUTE);
        assertThat(adjuster.at(Optional.empty(), START + MINUTE).reasons())
                .containsExactly("score 12.5 is below 30", "volatility takes 37.5 points");
        adjuster.update(score(35_000_000, 1_000_000), START + 2 * MINUTE);
        assertThat(adjuster.at(Optional.empty(), START + 2 * MINUTE).reasons())
                .first()
                .isEqualTo("holding: score 35 is not above 40");
        adjuster.update(score(45_000_000, 1_000_000), START + 3 * MINUTE);
        assertThat(adjuster.at(Optional.empty(), START + 3 * MINUTE).reasons())
                .containsExactly("falling: score 45 is above 40");
    }

    @Test
    @Covers("SENT-026")
    void goesOnAfterARestart() {
        RiskAdjustment before = raisedFor(4).at(Optional.of(BTC), START + 4 * MINUTE);
        RiskAdjuster after = RiskAdjuster.resume(PUBLISHED, before, START + 5 * MINUTE);
        assertThat(after.at(Optional.of(BTC), START + 5 * MINUTE)).isEqualTo(before);
        after.update(score(60_000_000, 1_000_000), START + 6 * MINUTE);
        assertThat(ppm(after, START + 6 * MINUTE)).isEqualTo(1_190_000);

        RiskAdjuster tooLate = RiskAdjuster.resume(PUBLISHED, before, START + 14 * MINUTE);
        assertThat(ppm(tooLate, START + 14 * MINUTE)).isEqualTo(1_000_000);
    }

    @Test
    @Covers("SENT-020")
    void badParametersAreRefused() {
        assertThatThrownBy(() -> new AdjustmentParameters.Trigger(10, 10, 20))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AdjustmentParameters.Pace(Rate.ZERO, Rate.ONE, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () ->
                                new AdjustmentParameters(
                                        new Rate(999_999),
                                        PUBLISHED.trigger(),
                                        PUBLISHED.pace(),
                                        1,
                                        Rate.ONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(PUBLISHED.atSpeed(60).pace().minuteNanos()).isEqualTo(SECOND);
    }

    private static RiskAdjuster raisedFor(int minutes) {
        RiskAdjuster adjuster = new RiskAdjuster(PUBLISHED);
        for (int minute = 0; minute <= minutes; minute++) {
            adjuster.update(score(0, 1_000_000), START + minute * MINUTE);
        }
        return adjuster;
    }

    private static Score score(long micros, long confidencePpm) {
        return new Score(
                Optional.empty(),
                micros,
                SentimentParameters.published().levels().of(micros),
                new Rate(confidencePpm),
                List.of(new Contribution(Signal.VOLATILITY, 1, micros - Score.NEUTRAL_MICROS)),
                List.of(),
                START);
    }

    private static long ppm(RiskAdjuster adjuster, long now) {
        return adjuster.at(Optional.empty(), now).multiplier().ppm();
    }

    private static RiskAdjustment adjustment(long ppm) {
        return new RiskAdjustment(
                Optional.empty(), new Rate(ppm), new Rate(1_500_000), START, List.of());
    }
}

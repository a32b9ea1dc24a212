package io.delever.engine.sentiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.delever.engine.sentiment.EarlyWarning.Learning;
import io.delever.testing.Covers;
import io.delever.testing.SeededTest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EarlyWarningTest {
    private static final long MINUTE = 60_000_000_000L;
    private static final long STEP = 5 * MINUTE;
    private static final WarningHorizon HORIZON = WarningHorizon.MINUTES_15;
    private static final Learning LEARNING = new Learning(5_000, 50, 10, STEP);

    @Test
    @Covers("EWRN-001")
    void aGaugeSaysWhatItKnowsAndNamesWhatItLacks() {
        MarketGauge gauge = new MarketGauge(3);
        assertThat(gauge.sample("A", 0)).isEmpty();
        gauge.open(1_000, MINUTE);
        WarningSample bare = gauge.sample("A", MINUTE).orElseThrow();
        assertThat(bare.missing())
                .containsExactly(
                        WarningFeature.VOLATILITY,
                        WarningFeature.VOLATILITY_CHANGE,
                        WarningFeature.DRAWDOWN,
                        WarningFeature.FUEL_BELOW,
                        WarningFeature.FUEL_ABOVE);
        for (int i = 1; i <= 4; i++) {
            gauge.priced(i == 4 ? 90 : 100 + i % 2, i * MINUTE);
        }
        gauge.fuel(99, 199);
        gauge.open(2_000, 2 * MINUTE);
        gauge.closedByForce(98, 4 * MINUTE);
        WarningSample full = gauge.sample("A", 4 * MINUTE).orElseThrow();
        assertThat(full.missing()).isEmpty();
        assertThat(full.features().get(WarningFeature.FUEL_BELOW))
                .isCloseTo(Math.log(0.001 + 0.0495), within(1e-12));
        assertThat(full.features().get(WarningFeature.FORCED))
                .isCloseTo(Math.log(0.001 + 0.049), within(1e-9));
        assertThat(full.features().get(WarningFeature.DRAWDOWN)).isBetween(0.1, 0.11);
        assertThat(full.features().get(WarningFeature.OPEN_INTEREST))
                .isCloseTo(Math.log(2), within(1e-9));
        assertThat(full.forcedSoFar()).isEqualTo(98);
        gauge.lost();
        gauge.fuelLost();
        assertThat(gauge.sample("A", 4 * MINUTE).orElseThrow().missing())
                .contains(WarningFeature.VOLATILITY, WarningFeature.DRAWDOWN)
                .contains(WarningFeature.FUEL_BELOW);
    }

    @Test
    @Covers("EWRN-002")
    void anEventIsAShareOfWhatWasOpenAndAnOutcomeNobodySawTeachesNothing() {
        assertThat(outcome(19.999, 15 * MINUTE).events()).isZero();
        assertThat(outcome(20, 15 * MINUTE).events()).isEqualTo(1);
        assertThat(outcome(20, 15 * MINUTE - 1).taught()).isZero();
        assertThat(outcome(20, 25 * MINUTE).taught()).isEqualTo(1);
        assertThat(outcome(20, 25 * MINUTE + 1).taught()).isZero();
    }

    private static EarlyWarning outcome(double forced, long later) {
        EarlyWarning warning = new EarlyWarning(HORIZON, LEARNING);
        warning.observe(new WarningSample("A", MINUTE, Map.of(), 0, 1_000));
        warning.observe(new WarningSample("A", MINUTE + later, Map.of(), forced, 500));
        return warning;
    }

    @SeededTest
    @Covers("EWRN-003")
    void noForecastKnowsWhatCameLater(long seed) {
        Random random = new Random(seed);
        List<WarningSample> samples = samples(random, 600, true);
        EarlyWarning one = new EarlyWarning(HORIZON, LEARNING);
        EarlyWarning other = new EarlyWarning(HORIZON, LEARNING);
        List<Warning> said = new ArrayList<>();
        samples.forEach(sample -> said.add(one.observe(sample)));
        for (int i = 0; i < samples.size(); i++) {
            WarningSample sample = samples.get(i);
            boolean changed = i > 400;
            Warning again =
                    other.observe(
                            changed
                                    ? new WarningSample(
                                            "A",
                                            sample.eventTimeNanos(),
                                            sample.features(),
                                            sample.forcedSoFar() + 100 * i,
                                            1_000)
                                    : sample);
            if (!changed) {
                assertThat(again).isEqualTo(said.get(i));
            }
        }
        assertThat(said.get(400).forecasts()).hasSize(4);
    }

    @SeededTest
    @Covers({"EWRN-004", "EWRN-007"})
    void theModelFindsWhatDrivesEventsAndSaysSo(long seed) {
        Random random = new Random(seed);
        EarlyWarning warning = new EarlyWarning(HORIZON, LEARNING);
        List<WarningSample> samples = samples(random, 3_000, true);
        samples.forEach(warning::observe);
        WarningSample last = samples.getLast();
        Warning high = warning.observe(at(last, 2));
        Warning low = warning.observe(at(last, -2));
        assertThat(high.shown()).contains(WarningPredictor.MODEL);
        assertThat(high.probability().orElseThrow())
                .isGreaterThan(2 * low.probability().orElseThrow());
        assertThat(high.reasons()).hasSize(3);
        assertThat(high.reasons().getFirst().feature()).isEqualTo(WarningFeature.FUEL_BELOW);
        assertThat(high.reasons().getFirst().logOdds()).isPositive();
        assertThat(high.reasons().getFirst().value()).isEqualTo(2);
        Warning without =
                warning.observe(
                        new WarningSample(
                                "A",
                                last.eventTimeNanos() + 3 * STEP,
                                Map.of(WarningFeature.VOLATILITY, 0d),
                                last.forcedSoFar(),
                                1_000));
        assertThat(without.forecasts())
                .containsOnlyKeys(WarningPredictor.BASE_RATE, WarningPredictor.VOLATILITY);
    }

    @SeededTest
    @Covers("EWRN-005")
    void whereNothingForetellsAnEventTheBaselineIsShown(long seed) {
        Random random = new Random(seed);
        EarlyWarning warning = new EarlyWarning(HORIZON, LEARNING);
        Optional<Warning> last = Optional.empty();
        for (WarningSample sample : samples(random, 3_000, false)) {
            last = Optional.of(warning.observe(sample));
        }
        WarningPredictor shown = last.orElseThrow().shown().orElseThrow();
        Map<WarningPredictor, Double> brier = warning.brier();
        assertThat(warning.compared()).isGreaterThan(1_000);
        assertThat(brier.get(shown)).isEqualTo(brier.values().stream().min(Double::compare).get());
        assertThat(shown).isNotEqualTo(WarningPredictor.MODEL);
    }

    @Test
    @Covers("EWRN-006")
    void overlappingSamplesWeighLess() {
        EarlyWarning day = new EarlyWarning(WarningHorizon.HOURS_24, LEARNING);
        Warning last = day.observe(new WarningSample("A", STEP, Map.of(), 0, 1_000));
        assertThat(last.forecasts()).isEmpty();
        for (int i = 2; i <= 289; i++) {
            last = day.observe(new WarningSample("A", i * STEP, Map.of(), 0, 1_000));
        }
        assertThat(day.taught()).isEqualTo(1);
        assertThat(last.forecasts().get(WarningPredictor.BASE_RATE))
                .isCloseTo(1 / (2 + 1 / 288d), within(1e-12));
        assertThatThrownBy(() -> new Learning(1, 1, 1, 0)).hasMessageContaining("at least 1");
    }

    @Test
    @Covers("EWRN-009")
    void itMayStartWithModelsFittedElsewhere() {
        LogisticModel model = new LogisticModel(0, List.of(1d), List.of(2d), List.of(3d));
        EarlyWarning warning =
                EarlyWarning.with(HORIZON, LEARNING, Map.of(WarningPredictor.VOLATILITY, model));
        Warning said =
                warning.observe(
                        new WarningSample(
                                "A", STEP, Map.of(WarningFeature.VOLATILITY, 3d), 0, 1_000));
        assertThat(said.shown()).contains(WarningPredictor.VOLATILITY);
        assertThat(said.probability().orElseThrow())
                .isCloseTo(1 / (1 + Math.exp(-3)), within(1e-12));
        assertThatThrownBy(
                        () ->
                                EarlyWarning.with(
                                        HORIZON, LEARNING, Map.of(WarningPredictor.MODEL, model)))
                .hasMessageContaining("has 1 weights, needs 7");
    }

    @Test
    @Covers("EWRN-008")
    void anAlertRisesAtOnceAndFallsLate() {
        AlertLevel level = AlertLevel.NONE.after(0.0999);
        assertThat(level).isEqualTo(AlertLevel.NONE);
        level = level.after(0.1);
        assertThat(level).isEqualTo(AlertLevel.WATCH);
        level = level.after(0.6);
        assertThat(level).isEqualTo(AlertLevel.CRITICAL);
        level = level.after(0.41);
        assertThat(level).isEqualTo(AlertLevel.CRITICAL);
        level = level.after(0.39);
        assertThat(level).isEqualTo(AlertLevel.WARNING);
        assertThat(level.after(0.05)).isEqualTo(AlertLevel.NONE);
        assertThatThrownBy(() -> AlertLevel.NONE.after(Double.NaN)).hasMessageContaining("0 to 1");
    }

    private static WarningSample at(WarningSample last, double fuel) {
        EnumMap<WarningFeature, Double> features = new EnumMap<>(WarningFeature.class);
        features.putAll(last.features());
        features.put(WarningFeature.FUEL_BELOW, fuel);
        return new WarningSample(
                "A", last.eventTimeNanos() + STEP, features, last.forcedSoFar(), 1_000);
    }

    /** Independent steps; where {@code driven}, fuel below makes a forced close likely. */
    private static List<WarningSample> samples(Random random, int count, boolean driven) {
        List<WarningSample> samples = new ArrayList<>();
        double forced = 0;
        for (int i = 1; i <= count; i++) {
            EnumMap<WarningFeature, Double> features = new EnumMap<>(WarningFeature.class);
            for (WarningFeature feature : WarningFeature.values()) {
                features.put(feature, random.nextGaussian());
            }
            samples.add(new WarningSample("A", i * STEP, features, forced, 1_000));
            double fuel = driven ? features.getOrDefault(WarningFeature.FUEL_BELOW, 0d) : 0;
            if (random.nextDouble() < 1 / (1 + Math.exp(2 - 2 * fuel))) {
                forced += 30;
            }
        }
        return samples;
    }
}

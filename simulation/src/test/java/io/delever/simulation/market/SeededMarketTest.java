package io.delever.simulation.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.simulation.SmallScenario;
import io.delever.simulation.scenario.Scenario;
import io.delever.simulation.scenario.Scenarios;
import io.delever.testing.Covers;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SeededMarketTest {
    @Test
    @Covers("SIMU-040")
    void theSameScenarioGivesTheSameTicksAndAnotherSeedOthers() {
        Scenario scenario = SmallScenario.scenario();
        TickSeries first = MarketSources.open(scenario, Optional.empty()).ticks();
        TickSeries second = MarketSources.open(scenario, Optional.empty()).ticks();
        TickSeries other = MarketSources.open(scenario.withSeed(12), Optional.empty()).ticks();
        assertThat(fingerprint(second)).isEqualTo(fingerprint(first));
        assertThat(fingerprint(other)).isNotEqualTo(fingerprint(first));
    }

    @Test
    @Covers("SIMU-040")
    void everySourceQuotesFirstAndEveryPriceIsAMultipleOfTheTick() {
        Scenario scenario = SmallScenario.scenario();
        TickSeries ticks = MarketSources.open(scenario, Optional.empty()).ticks();
        assertThat(ticks.sources()).hasSize(9);
        for (int source = 0; source < 9; source++) {
            assertThat(ticks.source(source)).isEqualTo(source);
            assertThat(ticks.timeNanos(source)).isEqualTo(scenario.fromNanos());
        }
        for (int i = 0; i < ticks.size(); i++) {
            long tick =
                    scenario.instruments().get(ticks.source(i) / 3).instrument().tickSize().e8();
            assertThat(ticks.priceE8(i)).isPositive();
            assertThat(ticks.priceE8(i) % tick).isZero();
            assertThat(ticks.timeNanos(i)).isLessThan(scenario.toNanos());
        }
    }

    @Test
    @Covers("SIMU-033")
    void aRecordedMarketWithoutAFolderSaysWhatToName() {
        assertThatThrownBy(
                        () ->
                                MarketSources.open(
                                        Scenarios.load("october-10-2025"), Optional.empty()))
                .hasMessageContaining("name its folder with --tape DIR");
    }

    private static long fingerprint(TickSeries ticks) {
        long hash = ticks.size();
        for (int i = 0; i < ticks.size(); i++) {
            hash = hash * 31 + ticks.timeNanos(i) + ticks.priceE8(i) * 7 + ticks.source(i);
        }
        return hash;
    }
}

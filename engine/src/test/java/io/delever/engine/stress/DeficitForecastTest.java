package io.delever.engine.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.delever.engine.stress.LiveLevels.Figures;
import io.delever.engine.stress.LiveLevels.Held;
import io.delever.testing.Covers;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class DeficitForecastTest {
    private static final List<LiveLevels.Market> BOOK =
            List.of(
                    LiveLevels.of(
                                    List.of(
                                            new Figures(
                                                    24, 24, 5, List.of(new Held("A", 1, 100, 5)))))
                            .market("A", 1)
                            .orElseThrow());

    @Test
    @Covers("STRS-070")
    void aDayCostsWhatItsPushLeavesUnpaid() {
        List<Double> deficits =
                DeficitForecast.deficits(
                        BOOK,
                        List.of(Map.of(), Map.of("A", -0.1), Map.of("A", -0.3), Map.of("B", -0.9)));
        assertThat(deficits.get(0)).isZero();
        assertThat(deficits.get(1)).isZero();
        // Closed at 70 less half of the 1 that its own sale moves, bankrupt at 76.
        assertThat(deficits.get(2)).isCloseTo(76 - 69.5, within(1e-9));
        assertThat(deficits.get(3)).isZero();
        assertThatThrownBy(() -> DeficitForecast.deficits(BOOK, List.of(Map.of("A", -1d))))
                .hasMessageContaining("limit -1");
    }

    @Test
    @Covers("STRS-071")
    void theValueAtRiskIsNotPassedByItsShareOfDays() {
        List<Double> hundred = DoubleStream.iterate(1, d -> d + 1).limit(100).boxed().toList();
        assertThat(DeficitForecast.valueAtRisk(hundred, 0.99)).isEqualTo(99);
        assertThat(DeficitForecast.valueAtRisk(hundred, 1)).isEqualTo(100);
        assertThat(DeficitForecast.valueAtRisk(hundred, 0.991)).isEqualTo(100);
        assertThat(DeficitForecast.valueAtRisk(List.of(7d), 0.5)).isEqualTo(7);
        assertThatThrownBy(() -> DeficitForecast.valueAtRisk(List.of(), 0.99))
                .hasMessageContaining("one is needed");
        assertThatThrownBy(() -> DeficitForecast.valueAtRisk(hundred, 1.01))
                .hasMessageContaining("limit 1");
    }
}

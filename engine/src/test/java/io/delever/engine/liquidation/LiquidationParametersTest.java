package io.delever.engine.liquidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.testing.Covers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LiquidationParametersTest {
    @ParameterizedTest
    @CsvSource({
        "1 0.02 1 1000 0, target ratio 1000000",
        "0.9 0.02 1 1000 0, target ratio 900000",
        "1.25 0 1 1000 0, slippage collar 0",
        "1.25 1 1 1000 0, slippage collar 1000000",
        "1.25 0.02 0 1000 0, depth share 0",
        "1.25 0.02 1.000001 1000 0, depth share 1000001",
        "1.25 0.02 1 0 0, step cap 0",
        "1.25 0.02 1 1000 -1, dust -1"
    })
    @Covers("LIQD-071")
    void valuesOutOfRangeAreNamed(String values, String message) {
        String[] v = values.split(" ", 5);
        assertThatThrownBy(() -> Scene.parameters(v[0], v[1], v[2], v[3], v[4]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    @Covers("LIQD-071")
    void countsAndIntervalsArePositive(int wrong) {
        int[] v = {1, 1, 1, 1, 1, 1};
        v[wrong] = 0;
        assertThatThrownBy(() -> new LiquidationParameters.Pace(v[0], v[1], v[2], v[3], v[4], v[5]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be >");
    }

    @Test
    @Covers("LIQD-071")
    void theSmallestAdmittedValuesAreAdmitted() {
        assertThat(
                        Scene.parameters("1.000001", "0.000001", "0.000001", "0.00000001", "0")
                                .slippageCollar()
                                .ppm())
                .isEqualTo(1);
        assertThat(new LiquidationParameters.Pace(1, 1, 1, 1, 1, 1).stepLimit()).isEqualTo(1);
    }
}

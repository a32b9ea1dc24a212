package io.delever.engine.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.delever.engine.money.Ratio;
import io.delever.testing.Covers;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class OptimalExecutionTest {
    private static final OptimalExecution PUBLISHED =
            new OptimalExecution(0.95, 2.5e-6, 2.5e-7, 1, 1e-9);

    @Test
    @Covers("STRS-001")
    void anExecutionMovesThePriceByHalfItsImpactOnAverage() {
        assertThat(LinearImpact.executionPrice(n("1.3"), n("-0.5"), n("1"))).isEqualTo(n("1.05"));
        assertThat(LinearImpact.executionPrice(n("1.6"), n("2"), n("1"))).isEqualTo(n("2.6"));
        assertThat(LinearImpact.executionPrice(n("1.6"), n("2"), Ratio.ZERO)).isEqualTo(n("1.6"));
    }

    @Test
    @Covers("STRS-002")
    void theHalfLifeIsThePublishedOne() {
        assertThat(PUBLISHED.halfLife()).hasValueCloseTo(51.3, within(0.05));
        assertThat(new OptimalExecution(0.95, 2.5e-6, 2.5e-7, 1, 9e-9).halfLife())
                .hasValueCloseTo(17.1, within(0.05));
        assertThat(new OptimalExecution(0.95, 2.5e-6, 0, 1, 0).halfLife()).isEmpty();
    }

    @Test
    @Covers("STRS-003")
    void theScheduleFallsFromAllToNothingAndFasterWithMoreAversion() {
        OptimalExecution urgent = new OptimalExecution(0.95, 2.5e-6, 2.5e-7, 1, 1e-4);
        double before = 1.01;
        for (int t = 0; t <= 20; t++) {
            double left = PUBLISHED.left(20, t);
            assertThat(left).isLessThan(before).isBetween(0.0, 1.0);
            assertThat(urgent.left(20, t)).isLessThanOrEqualTo(left);
            before = left;
        }
        assertThat(PUBLISHED.left(20, 0)).isEqualTo(1);
        assertThat(PUBLISHED.left(20, 20)).isZero();
        assertThat(urgent.left(1e9, 5e8)).as("nothing overflows").isZero();
        assertThat(new OptimalExecution(0.95, 2.5e-6, 0, 1, 0).left(20, 5)).isEqualTo(0.75);
    }

    @Test
    @Covers("STRS-003")
    void theScheduleSolvesTheDifferenceEquationOfItsOptimum() {
        // x(t - tau) - 2 x(t) + x(t + tau) = (urgency x tau)^2 x(t), the condition of the optimum.
        OptimalExecution execution = new OptimalExecution(0.95, 2.5e-6, 2.5e-7, 0.5, 1e-6);
        double factor = execution.urgency() * execution.urgency() * 0.25;
        for (double t = 0.5; t < 9.6; t += 0.5) {
            double curvature =
                    execution.left(10, t - 0.5)
                            - 2 * execution.left(10, t)
                            + execution.left(10, t + 0.5);
            assertThat(curvature).isCloseTo(factor * execution.left(10, t), within(1e-12));
        }
    }

    @Test
    @Covers("STRS-002")
    void impossibleParametersAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OptimalExecution(1, 1, 2, 1, 1))
                .withMessageContaining("eta 1.0 must be above");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OptimalExecution(Double.NaN, 1, 0, 1, 1))
                .withMessageContaining("sigma: NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OptimalExecution(1, 1, 0, 0, 1))
                .withMessageContaining("tau: 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PUBLISHED.left(1, 2))
                .withMessageContaining("time: 2.0");
    }

    private static Ratio n(String decimal) {
        return Ratio.of(new BigDecimal(decimal));
    }
}

package io.delever.engine.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.testing.Covers;
import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RatioTest {
    private static final Ratio THIRD = Ratio.of(1, 3);

    @Test
    @Covers("MONY-007")
    void nothingIsRoundedOnTheWay() {
        assertThat(THIRD.times(Ratio.of(3))).isEqualTo(Ratio.ONE);
        assertThat(Ratio.of(1, 6).plus(Ratio.of(-1, 2))).isEqualTo(Ratio.of(1, -3));
        assertThat(Ratio.of(4, -6)).hasToString("-2/3").isEqualTo(Ratio.of(-2, 3));
        assertThat(Ratio.of(2).dividedBy(Ratio.of(-4))).isEqualTo(Ratio.of(new BigDecimal("-0.5")));
        assertThat(Ratio.of(new BigDecimal("1E3"))).isEqualTo(Ratio.of(1_000));
        assertThat(Ratio.of(3, 2).power(3)).isEqualTo(Ratio.of(27, 8));
        assertThat(Ratio.of(3, 2).power(0)).isEqualTo(Ratio.ONE);
        assertThat(Ratio.of(Long.MIN_VALUE).minus(Ratio.of(Long.MAX_VALUE)).signum()).isEqualTo(-1);
        assertThat(Ratio.of(Price.parse("0.5"))).isEqualTo(Ratio.of(Rate.parse("0.5")));
        assertThat(Ratio.of(Quantity.parse("-2"))).isEqualTo(Ratio.of(Money.parse("-2")));
        assertThat(Ratio.of(-7, 2).abs()).isEqualTo(Ratio.of(7, 2));
    }

    @Test
    @Covers("MONY-007")
    void divisionByZeroIsRefused() {
        assertThatThrownBy(() -> Ratio.of(1, 0)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> THIRD.dividedBy(Ratio.ZERO))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("by 0");
    }

    @Test
    @Covers("MONY-007")
    void comparesExactly() {
        assertThat(THIRD).isGreaterThan(Ratio.of(new BigDecimal("0.33333333333333333333")));
        assertThat(THIRD.min(Ratio.of(1, 4))).isEqualTo(Ratio.of(1, 4));
        assertThat(Ratio.of(5).clamp(Ratio.of(-1), Ratio.of(2))).isEqualTo(Ratio.of(2));
        assertThat(Ratio.of(-5).clamp(Ratio.of(-1), Ratio.of(2))).isEqualTo(Ratio.of(-1));
        assertThat(THIRD.clamp(Ratio.of(-1), Ratio.of(2))).isEqualTo(THIRD);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> THIRD.clamp(Ratio.ONE, Ratio.ZERO))
                .withMessageContaining("1 is above 0");
    }

    @Test
    @Covers("MONY-008")
    void roundsOnceInTheDirectionNamed() {
        assertThat(Ratio.of(5, 2).units(1, Rounding.HALF_EVEN)).isEqualTo(2);
        assertThat(Ratio.of(7, 2).units(1, Rounding.HALF_EVEN)).isEqualTo(4);
        assertThat(Ratio.of(-5, 2).units(1, Rounding.HALF_EVEN)).isEqualTo(-2);
        assertThat(Ratio.of(-5, 2).units(1, Rounding.DOWN)).isEqualTo(-2);
        assertThat(Ratio.of(-5, 2).units(1, Rounding.FLOOR)).isEqualTo(-3);
        assertThat(Ratio.of(-5, 2).units(1, Rounding.CEILING)).isEqualTo(-2);
        assertThat(THIRD.rounded(100, Rounding.CEILING)).isEqualTo(Ratio.of(34, 100));
        assertThat(THIRD.money(Rounding.FLOOR)).isEqualTo(Money.parse("0.33333333"));
        assertThat(THIRD.price(Rounding.CEILING)).isEqualTo(Price.parse("0.33333334"));
        assertThat(
                        Ratio.of(new BigDecimal("7735.3725"))
                                .roundedTo(Ratio.of(1, 2), Rounding.CEILING))
                .isEqualTo(Ratio.of(new BigDecimal("7735.5")));
        assertThat(Ratio.of(2, 3).decimal(4)).isEqualTo(new BigDecimal("0.6667"));
        assertThat(Ratio.of(2).squareRoot(1_000)).isEqualTo(Ratio.of(1_414, 1_000));
        assertThat(Ratio.of(9, 4).squareRoot(10)).isEqualTo(Ratio.of(3, 2));
        assertThatThrownBy(() -> Ratio.of(Long.MAX_VALUE).units(2, Rounding.DOWN))
                .isInstanceOf(ArithmeticException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> THIRD.rounded(0, Rounding.DOWN))
                .withMessageContaining("limit above 0");
    }

    @Test
    @Covers("MONY-008")
    void agreesWithMulDivEverywhere() {
        SplittableRandom random = new SplittableRandom(20251010);
        for (int i = 0; i < 20_000; i++) {
            long a = random.nextLong() >> random.nextInt(64);
            long b = random.nextLong() >> random.nextInt(20, 64);
            long by = 1 + (random.nextLong() >>> random.nextInt(1, 64));
            for (Rounding rounding : Rounding.values()) {
                Ratio exact = Ratio.of(a).times(Ratio.of(b, by));
                if (exact.abs().compareTo(Ratio.of(Long.MAX_VALUE - 1)) < 0) {
                    assertThat(exact.units(1, rounding))
                            .as("%d x %d / %d %s", a, b, by, rounding)
                            .isEqualTo(FixedPoint.mulDiv(a, b, by, rounding));
                }
            }
        }
    }
}

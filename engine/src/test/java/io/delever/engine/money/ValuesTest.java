package io.delever.engine.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.testing.Covers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @ParameterizedTest
    @Covers("MONY-004")
    @ValueSource(
            strings = {
                "",
                "-",
                ".",
                "1.",
                ".5",
                "+1",
                "1e3",
                "1E3",
                " 1",
                "1 ",
                "01",
                "--1",
                "0x10",
                "1,5",
                "1.2.3",
                "NaN",
                "٣",
                "0.123456789",
                "1.000000000",
                "92233720368.54775808",
                "-92233720368.54775809",
                "92233720369",
                "999999999999999999999999999999"
            })
    void anythingElseThanAPlainDecimalIsRefused(String text) {
        assertThatThrownBy(() -> FixedPoint.parseE8(text))
                .isInstanceOf(NumberFormatException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @Covers("MONY-004")
    @CsvSource({
        "0,0",
        "-0,0",
        "1,100000000",
        "-0.00000001,-1",
        "92233720368.54775807,9223372036854775807",
        "-92233720368.54775808,-9223372036854775808",
        "0.10,10000000"
    })
    void plainDecimalsAreRead(String text, long e8) {
        assertThat(FixedPoint.parseE8(text)).isEqualTo(e8);
    }

    @Test
    @Covers("MONY-004")
    void aHugeTextIsRefusedWithoutBeingRepeated() {
        assertThatThrownBy(() -> FixedPoint.parseE8("9".repeat(1_000_000)))
                .isInstanceOf(NumberFormatException.class)
                .hasMessageMatching("[^9]*9{40}\\.\\.\\.'; the limit is 92233720368\\.54775807");
    }

    @Test
    @Covers("MONY-004")
    void aRateHasSixDecimals() {
        assertThat(Rate.parse("0.05")).isEqualTo(new Rate(50_000)).hasToString("0.05");
        assertThatThrownBy(() -> Rate.parse("0.0000001"))
                .isInstanceOf(NumberFormatException.class)
                .hasMessageContaining("at most 6 decimals");
    }

    @Test
    @Covers("MONY-005")
    void aPriceIsPositiveAndARateIsNotNegative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Price(0))
                .withMessageContaining("is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Price.parse("-0.5"))
                .withMessageContaining("-0.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Rate(-1))
                .withMessageContaining("-1 ppm");
        assertThat(Rate.ZERO.ppm()).isZero();
    }

    @Test
    @Covers("MONY-006")
    void nothingWraps() {
        Money most = new Money(Long.MAX_VALUE);
        Money least = new Money(Long.MIN_VALUE);
        assertThatThrownBy(() -> most.plus(new Money(1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> least.minus(new Money(1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(least::negate).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(least::abs).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> most.times(new Rate(1_000_001), Rounding.DOWN))
                .isInstanceOf(ArithmeticException.class);
        Quantity largest = new Quantity(Long.MAX_VALUE);
        assertThatThrownBy(() -> largest.plus(new Quantity(1)))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Price.parse("2").times(largest, Rounding.DOWN))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    @Covers("MONY-002")
    void aProductRoundsAsAsked() {
        Price price = Price.parse("0.00000003");
        Quantity half = Quantity.parse("-0.5");
        assertThat(price.times(half, Rounding.FLOOR)).isEqualTo(new Money(-2));
        assertThat(price.times(half, Rounding.CEILING)).isEqualTo(new Money(-1));
        assertThat(price.times(half, Rounding.HALF_EVEN)).isEqualTo(new Money(-2));
        assertThat(price.times(half, Rounding.DOWN)).isEqualTo(new Money(-1));
        assertThat(Money.parse("0.00000003").times(new Rate(500_000), Rounding.CEILING))
                .isEqualTo(new Money(2));
    }

    @Test
    @Covers("MONY-005")
    void smallAnswersAboutSign() {
        assertThat(Quantity.parse("-1").isShort()).isTrue();
        assertThat(Quantity.parse("1").isLong()).isTrue();
        assertThat(Quantity.ZERO.isZero()).isTrue();
        assertThat(Quantity.parse("0.3").isMultipleOf(Quantity.parse("0.1"))).isTrue();
        assertThat(Quantity.parse("-0.35").isMultipleOf(Quantity.parse("0.1"))).isFalse();
        assertThat(Money.parse("-1").isNegative()).isTrue();
        assertThat(Money.parse("-1").min(Money.ZERO)).isEqualTo(Money.parse("-1"));
        assertThat(Money.parse("-1").max(Money.ZERO)).isEqualTo(Money.ZERO);
    }
}

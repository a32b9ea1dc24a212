package io.delever.engine.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.delever.testing.Covers;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FixedPointTest {
    private static final long SEED = 20251010L;
    private static final int RANDOM_CASES = 300_000;
    private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

    private static final long[] EDGES = {
        0,
        1,
        -1,
        2,
        -2,
        3,
        7,
        -7,
        FixedPoint.ONE_PPM,
        -FixedPoint.ONE_PPM,
        FixedPoint.ONE_E8,
        -FixedPoint.ONE_E8,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        (1L << 32) - 1,
        1L << 32,
        (1L << 32) + 1,
        -(1L << 32),
        (1L << 62) - 1,
        1L << 62,
        -(1L << 62),
        Long.MAX_VALUE - 1,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        Long.MIN_VALUE + 1,
        0x7FFF_FFFF_0000_0000L,
        0x0000_0001_FFFF_FFFFL,
    };

    @Test
    @Covers({"MONY-001", "MONY-002", "MONY-006"})
    void everyCombinationOfEdgesEqualsBigInteger() {
        for (long a : EDGES) {
            for (long b : EDGES) {
                for (long divisor : EDGES) {
                    if (divisor > 0) {
                        checkAllRoundings(a, b, divisor);
                    }
                }
            }
        }
    }

    @Test
    @Covers({"MONY-001", "MONY-002", "MONY-006"})
    void aMillionRandomCasesEqualBigInteger() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < RANDOM_CASES; i++) {
            // All magnitudes are equally likely, so that both division paths and overflow occur.
            checkAllRoundings(
                    anyLong(random), anyLong(random), Math.max(1, anyLong(random) & MAX_LONG));
        }
    }

    @Test
    @Covers("MONY-002")
    void halvesGoToTheEvenUnit() {
        assertThat(FixedPoint.mulDiv(5, 1, 2, Rounding.HALF_EVEN)).isEqualTo(2);
        assertThat(FixedPoint.mulDiv(7, 1, 2, Rounding.HALF_EVEN)).isEqualTo(4);
        assertThat(FixedPoint.mulDiv(-5, 1, 2, Rounding.HALF_EVEN)).isEqualTo(-2);
        assertThat(FixedPoint.mulDiv(-7, 1, 2, Rounding.HALF_EVEN)).isEqualTo(-4);
    }

    @Test
    @Covers("MONY-001")
    void aDivisorOfZeroOrLessIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FixedPoint.mulDiv(1, 1, 0, Rounding.DOWN))
                .withMessageContaining("is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FixedPoint.mulDiv(1, 1, Long.MIN_VALUE, Rounding.DOWN))
                .withMessageContaining("-9223372036854775808");
    }

    @Test
    @Covers("MONY-003")
    void comparedProductsEqualBigInteger() {
        for (long a : EDGES) {
            for (long b : EDGES) {
                for (long c : EDGES) {
                    for (long d : EDGES) {
                        checkCompare(a, b, c, d);
                    }
                }
            }
        }
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < RANDOM_CASES; i++) {
            long a = anyLong(random);
            long b = anyLong(random);
            // One unit apart in one factor is the hard case.
            checkCompare(a, b, a, b);
            checkCompare(a, b, b, a - 1);
            checkCompare(a, b, anyLong(random), anyLong(random));
        }
    }

    private static final long MAX_LONG = Long.MAX_VALUE;

    private static long anyLong(SplittableRandom random) {
        return random.nextLong() >> random.nextInt(64);
    }

    private static void checkCompare(long a, long b, long c, long d) {
        int expected = product(a, b).compareTo(product(c, d));
        int actual = Integer.signum(FixedPoint.compareProducts(a, b, c, d));
        if (expected != actual) {
            assertThat(actual)
                    .as("sign of %d x %d - %d x %d, seed %d", a, b, c, d, SEED)
                    .isEqualTo(expected);
        }
    }

    private static void checkAllRoundings(long a, long b, long divisor) {
        BigInteger[] parts = product(a, b).divideAndRemainder(BigInteger.valueOf(divisor));
        for (Rounding rounding : Rounding.values()) {
            BigInteger expected = rounded(parts, divisor, rounding);
            OptionalLong expectedLong =
                    expected.compareTo(MIN) >= 0 && expected.compareTo(MAX) <= 0
                            ? OptionalLong.of(expected.longValue())
                            : OptionalLong.empty();
            OptionalLong actual = mulDivOrEmpty(a, b, divisor, rounding);
            if (!actual.equals(expectedLong)) {
                assertThat(actual)
                        .as("%d x %d / %d %s, seed %d", a, b, divisor, rounding, SEED)
                        .isEqualTo(expectedLong);
            }
        }
    }

    private static OptionalLong mulDivOrEmpty(long a, long b, long divisor, Rounding rounding) {
        try {
            return OptionalLong.of(FixedPoint.mulDiv(a, b, divisor, rounding));
        } catch (ArithmeticException overflow) {
            return OptionalLong.empty();
        }
    }

    private static BigInteger rounded(BigInteger[] parts, long divisor, Rounding rounding) {
        BigInteger quotient = parts[0];
        int sign = parts[1].signum();
        int half = parts[1].abs().shiftLeft(1).compareTo(BigInteger.valueOf(divisor));
        boolean away =
                switch (rounding) {
                    case DOWN -> false;
                    case CEILING -> sign > 0;
                    case FLOOR -> sign < 0;
                    case HALF_EVEN -> half > 0 || (half == 0 && quotient.testBit(0));
                };
        return away ? quotient.add(BigInteger.valueOf(sign)) : quotient;
    }

    private static BigInteger product(long a, long b) {
        return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    }

    @Test
    @Covers("MONY-004")
    void decimalsAreReadAndWrittenExactly() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 100_000; i++) {
            long e8 = i < EDGES.length ? EDGES[i] : anyLong(random);
            String text = FixedPoint.formatE8(e8);
            BigDecimal expected = BigDecimal.valueOf(e8, 8);
            assertThat(new BigDecimal(text)).as("seed %d", SEED).isEqualByComparingTo(expected);
            assertThat(FixedPoint.parseE8(text)).as("seed %d", SEED).isEqualTo(e8);
            assertThat(text).doesNotContain("E").doesNotMatch(".*\\.\\d*0");
            assertThat(
                            FixedPoint.parseE8(
                                    expected.setScale(8, RoundingMode.UNNECESSARY).toPlainString()))
                    .isEqualTo(e8);
        }
    }
}

package io.delever.engine.money;

/**
 * Arithmetic on scaled {@code long}s: prices, sizes and money in units of 10⁻⁸, rates in ppm or
 * ppb.
 *
 * <p>Results that do not fit a {@code long} throw {@link ArithmeticException}; nothing wraps.
 */
public final class FixedPoint {
    /** One whole unit of a price, size or amount. */
    public static final long ONE_E8 = 100_000_000L;

    /** The rate 1 (100 %) in parts per million. */
    public static final long ONE_PPM = 1_000_000L;

    /** The rate 1 (100 %) in parts per billion. */
    public static final long ONE_PPB = 1_000_000_000L;

    private static final long LOW_32 = 0xFFFF_FFFFL;

    private FixedPoint() {}

    /**
     * {@code a × b ÷ divisor}, exact up to the one rounding at the end (MONY-001, MONY-002).
     *
     * @param divisor greater than 0; anything else is an {@link IllegalArgumentException}
     * @throws ArithmeticException where the rounded result does not fit a {@code long}
     */
    public static long mulDiv(long a, long b, long divisor, Rounding rounding) {
        if (divisor <= 0) {
            throw new IllegalArgumentException("divisor must be > 0, is " + divisor);
        }
        // Magnitudes are unsigned, so that Long.MIN_VALUE (2^63) has one too.
        boolean negative = (a < 0) != (b < 0);
        long magnitudeA = Math.abs(a);
        long magnitudeB = Math.abs(b);
        long high = Math.unsignedMultiplyHigh(magnitudeA, magnitudeB);
        long low = magnitudeA * magnitudeB;
        if (high == 0 && low >= 0) {
            return rounded(low / divisor, low % divisor, divisor, negative, rounding);
        }
        if (high >= divisor) {
            throw overflow(a, b, divisor);
        }
        long quotient = divideUnsigned(high, low, divisor);
        long remainder = low - quotient * divisor;
        if (quotient < 0 && !(negative && quotient == Long.MIN_VALUE)) {
            throw overflow(a, b, divisor);
        }
        return rounded(quotient, remainder, divisor, negative, rounding);
    }

    /** The sign of {@code a × b − c × d}, exact (MONY-003). */
    public static int compareProducts(long a, long b, long c, long d) {
        int byHigh = Long.compare(Math.multiplyHigh(a, b), Math.multiplyHigh(c, d));
        return byHigh != 0 ? byHigh : Long.compareUnsigned(a * b, c * d);
    }

    /**
     * Reads a plain decimal number with at most 8 decimals, for example {@code "-0.00000001"}
     * (MONY-004).
     *
     * @throws NumberFormatException where the text is not such a number or does not fit
     */
    public static long parseE8(String decimal) {
        return Decimals.parse(decimal, 8);
    }

    /** Writes the shortest plain decimal number, without trailing zeros (MONY-004). */
    public static String formatE8(long e8) {
        return Decimals.format(e8, 8);
    }

    /** The quotient of a 128-bit unsigned number; {@code high < divisor}, so it fits 64 bits. */
    private static long divideUnsigned(long high, long low, long divisor) {
        if (divisor <= Integer.MAX_VALUE) {
            // Two digits in base 2^32; no step leaves 63 bits.
            long upper = (high << 32) | (low >>> 32);
            long lower = ((upper % divisor) << 32) | (low & LOW_32);
            return ((upper / divisor) << 32) + lower / divisor;
        }
        return divideNormalized(high, low, divisor);
    }

    /** Schoolbook division in base 2^32 with a divisor shifted so that its top bit is set. */
    private static long divideNormalized(long high, long low, long divisor) {
        int shift = Long.numberOfLeadingZeros(divisor);
        long shiftedDivisor = divisor << shift;
        long shiftedHigh = (high << shift) | (low >>> (64 - shift));
        long shiftedLow = low << shift;
        long firstDigit = digit(shiftedHigh, shiftedLow >>> 32, shiftedDivisor);
        long rest = (shiftedHigh << 32) + (shiftedLow >>> 32) - firstDigit * shiftedDivisor;
        long secondDigit = digit(rest, shiftedLow & LOW_32, shiftedDivisor);
        return (firstDigit << 32) + secondDigit;
    }

    /**
     * One digit: {@code (rest × 2^32 + next) ÷ divisor}; the first guess is at most 2 too large.
     */
    private static long digit(long rest, long next, long divisor) {
        long divisorHigh = divisor >>> 32;
        long divisorLow = divisor & LOW_32;
        long guess = Long.divideUnsigned(rest, divisorHigh);
        long guessRest = rest - guess * divisorHigh;
        while (guessRest <= LOW_32
                && (guess > LOW_32
                        || Long.compareUnsigned(guess * divisorLow, (guessRest << 32) + next)
                                > 0)) {
            guess--;
            guessRest += divisorHigh;
        }
        return guess;
    }

    private static long rounded(
            long quotient, long remainder, long divisor, boolean negative, Rounding rounding) {
        boolean away =
                remainder != 0
                        && switch (rounding) {
                            case CEILING -> !negative;
                            case FLOOR -> negative;
                            case DOWN -> false;
                            case HALF_EVEN -> {
                                int half = Long.compare(remainder, divisor - remainder);
                                yield half > 0 || (half == 0 && (quotient & 1) == 1);
                            }
                        };
        // A negative result may have the magnitude 2^63 = Long.MIN_VALUE; one more would be too
        // large.
        if (negative) {
            return away ? Math.subtractExact(-quotient, 1) : -quotient;
        }
        return away ? Math.addExact(quotient, 1) : quotient;
    }

    private static ArithmeticException overflow(long a, long b, long divisor) {
        return new ArithmeticException("does not fit 64 bits: " + a + " x " + b + " / " + divisor);
    }
}

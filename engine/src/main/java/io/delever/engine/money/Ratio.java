package io.delever.engine.money;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An exact fraction of any size, for formulas with several products and quotients that may round
 * only once, at their end (MONY-007, MONY-008). Not for the paths that run at every tick.
 */
public final class Ratio implements Comparable<Ratio> {
    /** Nothing. */
    public static final Ratio ZERO = of(0);

    /** The whole. */
    public static final Ratio ONE = of(1);

    private final BigInteger numerator;
    private final BigInteger denominator;

    /** The denominator is above 0 and the fraction in lowest terms. */
    private Ratio(BigInteger numerator, BigInteger denominator) {
        this.numerator = numerator;
        this.denominator = denominator;
    }

    /** A whole number. */
    public static Ratio of(long whole) {
        return new Ratio(BigInteger.valueOf(whole), BigInteger.ONE);
    }

    /**
     * {@code numerator ÷ denominator}.
     *
     * @throws ArithmeticException where the denominator is 0
     */
    public static Ratio of(long numerator, long denominator) {
        return lowest(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
    }

    /** The same number. */
    public static Ratio of(BigDecimal decimal) {
        return decimal.scale() >= 0
                ? lowest(decimal.unscaledValue(), BigInteger.TEN.pow(decimal.scale()))
                : new Ratio(decimal.toBigIntegerExact(), BigInteger.ONE);
    }

    /** The amount in whole units. */
    public static Ratio of(Money money) {
        return of(money.e8(), FixedPoint.ONE_E8);
    }

    /** The price in whole units. */
    public static Ratio of(Price price) {
        return of(price.e8(), FixedPoint.ONE_E8);
    }

    /** The size in whole units, with its sign. */
    public static Ratio of(Quantity size) {
        return of(size.e8(), FixedPoint.ONE_E8);
    }

    /** The rate; 1 is 100 %. */
    public static Ratio of(Rate rate) {
        return of(rate.ppm(), FixedPoint.ONE_PPM);
    }

    private static Ratio lowest(BigInteger numerator, BigInteger denominator) {
        if (denominator.signum() == 0) {
            throw new ArithmeticException("division of " + numerator + " by 0");
        }
        BigInteger common = numerator.gcd(denominator);
        BigInteger by = denominator.signum() < 0 ? common.negate() : common;
        return new Ratio(numerator.divide(by), denominator.divide(by));
    }

    /** The exact sum. */
    public Ratio plus(Ratio other) {
        return lowest(
                numerator.multiply(other.denominator).add(other.numerator.multiply(denominator)),
                denominator.multiply(other.denominator));
    }

    /** The exact difference. */
    public Ratio minus(Ratio other) {
        return plus(other.negate());
    }

    /** The exact product. */
    public Ratio times(Ratio other) {
        return lowest(numerator.multiply(other.numerator), denominator.multiply(other.denominator));
    }

    /**
     * The exact quotient.
     *
     * @throws ArithmeticException where {@code other} is 0
     */
    public Ratio dividedBy(Ratio other) {
        return lowest(numerator.multiply(other.denominator), denominator.multiply(other.numerator));
    }

    /**
     * The exact power.
     *
     * @param exponent 0 or more; 0 gives 1
     */
    public Ratio power(int exponent) {
        return new Ratio(numerator.pow(exponent), denominator.pow(exponent));
    }

    /** The same number with the opposite sign. */
    public Ratio negate() {
        return new Ratio(numerator.negate(), denominator);
    }

    /** The number without its sign. */
    public Ratio abs() {
        return new Ratio(numerator.abs(), denominator);
    }

    /** −1, 0 or +1. */
    public int signum() {
        return numerator.signum();
    }

    /** The smaller of the two. */
    public Ratio min(Ratio other) {
        return compareTo(other) <= 0 ? this : other;
    }

    /** The greater of the two. */
    public Ratio max(Ratio other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** The nearest number from {@code low} to {@code high}; {@code low} must not be above it. */
    public Ratio clamp(Ratio low, Ratio high) {
        if (low.compareTo(high) > 0) {
            throw new IllegalArgumentException("bounds: " + low + " is above " + high);
        }
        return max(low).min(high);
    }

    /**
     * The number in units of {@code 1 ÷ unitsPerOne}, rounded once: with 10⁸ it is the {@code e8}
     * of a price.
     *
     * @param unitsPerOne above 0
     * @throws ArithmeticException where the result does not fit a {@code long}
     */
    public long units(long unitsPerOne, Rounding rounding) {
        return whole(unitsPerOne, rounding).longValueExact();
    }

    /**
     * The number, rounded to a multiple of {@code 1 ÷ unitsPerOne}.
     *
     * @param unitsPerOne above 0
     */
    public Ratio rounded(long unitsPerOne, Rounding rounding) {
        return lowest(whole(unitsPerOne, rounding), BigInteger.valueOf(unitsPerOne));
    }

    /**
     * The number, rounded to a multiple of {@code unit}: a tick, a lot.
     *
     * @param unit above 0
     */
    public Ratio roundedTo(Ratio unit, Rounding rounding) {
        if (unit.signum() <= 0) {
            throw new IllegalArgumentException("unit: " + unit + ", limit above 0");
        }
        return dividedBy(unit).rounded(1, rounding).times(unit);
    }

    /**
     * The greatest multiple of {@code 1 ÷ unitsPerOne} whose square is not above this number.
     *
     * @param unitsPerOne above 0
     * @throws ArithmeticException where this number is negative
     */
    public Ratio squareRoot(long unitsPerOne) {
        BigInteger units = BigInteger.valueOf(unitsPerOne);
        BigInteger square = numerator.multiply(units).multiply(units).divide(denominator);
        return lowest(square.sqrt(), units);
    }

    /** The amount, rounded to 10⁻⁸. */
    public Money money(Rounding rounding) {
        return new Money(units(FixedPoint.ONE_E8, rounding));
    }

    /** The price, rounded to 10⁻⁸; one that would be 0 or less is refused. */
    public Price price(Rounding rounding) {
        return new Price(units(FixedPoint.ONE_E8, rounding));
    }

    /** As a decimal number with at most so many decimals, half-even. */
    public BigDecimal decimal(int decimals) {
        BigInteger scale = BigInteger.TEN.pow(decimals);
        return new BigDecimal(
                rounded(numerator.multiply(scale), denominator, Rounding.HALF_EVEN), decimals);
    }

    private BigInteger whole(long unitsPerOne, Rounding rounding) {
        if (unitsPerOne <= 0) {
            throw new IllegalArgumentException("units of one: " + unitsPerOne + ", limit above 0");
        }
        return rounded(numerator.multiply(BigInteger.valueOf(unitsPerOne)), denominator, rounding);
    }

    private static BigInteger rounded(BigInteger dividend, BigInteger by, Rounding rounding) {
        BigInteger[] parts = dividend.divideAndRemainder(by);
        BigInteger rest = parts[1].abs();
        boolean away =
                rest.signum() != 0
                        && switch (rounding) {
                            case CEILING -> dividend.signum() > 0;
                            case FLOOR -> dividend.signum() < 0;
                            case DOWN -> false;
                            case HALF_EVEN -> {
                                int half = rest.shiftLeft(1).compareTo(by);
                                yield half > 0 || (half == 0 && parts[0].testBit(0));
                            }
                        };
        return away ? parts[0].add(BigInteger.valueOf(dividend.signum())) : parts[0];
    }

    @Override
    public int compareTo(Ratio other) {
        return numerator
                .multiply(other.denominator)
                .compareTo(other.numerator.multiply(denominator));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ratio ratio
                && numerator.equals(ratio.numerator)
                && denominator.equals(ratio.denominator);
    }

    @Override
    public int hashCode() {
        return 31 * numerator.hashCode() + denominator.hashCode();
    }

    @Override
    public String toString() {
        return denominator.equals(BigInteger.ONE)
                ? numerator.toString()
                : numerator + "/" + denominator;
    }
}

package io.delever.engine.money;

/**
 * An amount of one asset; + is credit to the account.
 *
 * @param e8 the amount × 10⁸
 */
public record Money(long e8) implements Comparable<Money> {
    /** No money. */
    public static final Money ZERO = new Money(0);

    /** Reads a plain decimal number; see {@link FixedPoint#parseE8}. */
    public static Money parse(String decimal) {
        return new Money(FixedPoint.parseE8(decimal));
    }

    /** The exact sum; overflow throws {@link ArithmeticException}. */
    public Money plus(Money other) {
        return new Money(Math.addExact(e8, other.e8));
    }

    /** The exact difference; overflow throws {@link ArithmeticException}. */
    public Money minus(Money other) {
        return new Money(Math.subtractExact(e8, other.e8));
    }

    /** The same amount with the opposite sign. */
    public Money negate() {
        return new Money(Math.negateExact(e8));
    }

    /** The amount without its sign. */
    public Money abs() {
        return e8 < 0 ? negate() : this;
    }

    /** −1, 0 or +1. */
    public int signum() {
        return Long.signum(e8);
    }

    /** Whether it is 0. */
    public boolean isZero() {
        return e8 == 0;
    }

    /** Whether it is greater than 0. */
    public boolean isPositive() {
        return e8 > 0;
    }

    /** Whether it is less than 0. */
    public boolean isNegative() {
        return e8 < 0;
    }

    /** This share of the amount, with the sign of the amount. */
    public Money times(Rate rate, Rounding rounding) {
        return new Money(FixedPoint.mulDiv(e8, rate.ppm(), FixedPoint.ONE_PPM, rounding));
    }

    /** The smaller of the two. */
    public Money min(Money other) {
        return e8 <= other.e8 ? this : other;
    }

    /** The greater of the two. */
    public Money max(Money other) {
        return e8 >= other.e8 ? this : other;
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(e8, other.e8);
    }

    @Override
    public String toString() {
        return FixedPoint.formatE8(e8);
    }
}

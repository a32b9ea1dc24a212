package io.delever.engine.money;

/**
 * A size in base units; in a position and in a fill + is long or bought, − is short or sold.
 *
 * @param e8 the size × 10⁸
 */
public record Quantity(long e8) implements Comparable<Quantity> {
    /** No size. */
    public static final Quantity ZERO = new Quantity(0);

    /** One whole unit. */
    public static final Quantity ONE = new Quantity(FixedPoint.ONE_E8);

    /** Reads a plain decimal number; see {@link FixedPoint#parseE8}. */
    public static Quantity parse(String decimal) {
        return new Quantity(FixedPoint.parseE8(decimal));
    }

    /** The exact sum; overflow throws {@link ArithmeticException}. */
    public Quantity plus(Quantity other) {
        return new Quantity(Math.addExact(e8, other.e8));
    }

    /** The exact difference; overflow throws {@link ArithmeticException}. */
    public Quantity minus(Quantity other) {
        return new Quantity(Math.subtractExact(e8, other.e8));
    }

    /** The same size on the other side. */
    public Quantity negate() {
        return new Quantity(Math.negateExact(e8));
    }

    /** The size without its sign. */
    public Quantity abs() {
        return e8 < 0 ? negate() : this;
    }

    /** −1, 0 or +1. */
    public int signum() {
        return Long.signum(e8);
    }

    /** Whether it is greater than 0. */
    public boolean isLong() {
        return e8 > 0;
    }

    /** Whether it is less than 0. */
    public boolean isShort() {
        return e8 < 0;
    }

    /** Whether it is 0. */
    public boolean isZero() {
        return e8 == 0;
    }

    /** Whether it is a whole number of lots; {@code lot} is greater than 0. */
    public boolean isMultipleOf(Quantity lot) {
        return e8 % lot.e8 == 0;
    }

    @Override
    public int compareTo(Quantity other) {
        return Long.compare(e8, other.e8);
    }

    @Override
    public String toString() {
        return FixedPoint.formatE8(e8);
    }
}

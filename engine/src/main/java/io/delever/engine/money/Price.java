package io.delever.engine.money;

/**
 * A price: quote units per 1 base unit, always greater than 0 (MONY-005).
 *
 * @param e8 the price × 10⁸
 */
public record Price(long e8) implements Comparable<Price> {
    /** Refuses zero and less with an {@link IllegalArgumentException}. */
    public Price {
        if (e8 <= 0) {
            throw new IllegalArgumentException(
                    "a price must be > 0, is " + FixedPoint.formatE8(e8));
        }
    }

    /** Reads a plain decimal number; see {@link FixedPoint#parseE8}. */
    public static Price parse(String decimal) {
        return new Price(FixedPoint.parseE8(decimal));
    }

    /** The signed value of {@code quantity} at this price. */
    public Money times(Quantity quantity, Rounding rounding) {
        return new Money(FixedPoint.mulDiv(e8, quantity.e8(), FixedPoint.ONE_E8, rounding));
    }

    @Override
    public int compareTo(Price other) {
        return Long.compare(e8, other.e8);
    }

    @Override
    public String toString() {
        return FixedPoint.formatE8(e8);
    }
}

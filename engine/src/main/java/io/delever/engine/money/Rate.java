package io.delever.engine.money;

/**
 * A rate of margin, fee or haircut, 0 or more (MONY-005).
 *
 * @param ppm the rate in parts per million; 1,000,000 is 100 %
 */
public record Rate(long ppm) implements Comparable<Rate> {
    /** Nothing. */
    public static final Rate ZERO = new Rate(0);

    /** The whole: 100 %. */
    public static final Rate ONE = new Rate(FixedPoint.ONE_PPM);

    /** Refuses less than zero with an {@link IllegalArgumentException}. */
    public Rate {
        if (ppm < 0) {
            throw new IllegalArgumentException("a rate must be >= 0, is " + ppm + " ppm");
        }
    }

    /** Reads a plain decimal number with at most 6 decimals: {@code "0.05"} is 5 %. */
    public static Rate parse(String decimal) {
        return new Rate(Decimals.parse(decimal, 6));
    }

    @Override
    public int compareTo(Rate other) {
        return Long.compare(ppm, other.ppm);
    }

    @Override
    public String toString() {
        return Decimals.format(ppm, 6);
    }
}

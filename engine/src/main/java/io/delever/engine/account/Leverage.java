package io.delever.engine.account;

import io.delever.engine.money.FixedPoint;

/**
 * Notional divided by what backs it, greater than 0. A chosen leverage is at least 1.
 *
 * @param ppm the leverage in parts per million: 10,000,000 is 10x
 */
public record Leverage(long ppm) implements Comparable<Leverage> {
    /** Refuses zero and less with an {@link IllegalArgumentException}. */
    public Leverage {
        if (ppm <= 0) {
            throw new IllegalArgumentException("a leverage must be > 0, is " + ppm + " ppm");
        }
    }

    /** A whole-number leverage, for example 10 for 10x. */
    public static Leverage of(long times) {
        return new Leverage(Math.multiplyExact(times, FixedPoint.ONE_PPM));
    }

    @Override
    public int compareTo(Leverage other) {
        return Long.compare(ppm, other.ppm);
    }
}

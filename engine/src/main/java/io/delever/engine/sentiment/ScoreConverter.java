package io.delever.engine.sentiment;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Rate;

/**
 * The one way from a {@code double} to a number that may decide something (SENT-004). Rounds
 * half-even to millionths and refuses NaN, infinity and everything out of range; nothing is
 * clamped.
 */
public final class ScoreConverter {
    private static final double MILLION = 1_000_000d;

    private ScoreConverter() {}

    /**
     * A scaled number as a statistic.
     *
     * @param e8 a price, size or amount times 10⁸
     */
    public static double units(long e8) {
        return (double) e8 / FixedPoint.ONE_E8;
    }

    /**
     * A bounded signal as millionths.
     *
     * @param bounded -1 (fear) to 1 (greed)
     * @return -1,000,000 to 1,000,000
     * @throws IllegalArgumentException for NaN, infinity, or a value beyond -1 and 1
     */
    public static long micros(double bounded) {
        if (!(bounded >= -1d && bounded <= 1d)) {
            throw new IllegalArgumentException(
                    "a bounded signal must lie in [-1, 1], got " + bounded);
        }
        return (long) StrictMath.rint(bounded * MILLION);
    }

    /**
     * A share as a rate.
     *
     * @param share 0 to 1
     * @throws IllegalArgumentException for NaN, infinity, or a value beyond 0 and 1
     */
    public static Rate rate(double share) {
        if (!(share >= 0d && share <= 1d)) {
            throw new IllegalArgumentException("a share must lie in [0, 1], got " + share);
        }
        return new Rate((long) StrictMath.rint(share * MILLION));
    }
}

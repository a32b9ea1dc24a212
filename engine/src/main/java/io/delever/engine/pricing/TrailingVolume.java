package io.delever.engine.pricing;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Rounding;

/**
 * What one source traded in a window that moves in 60 steps, in hundredths of its quote (PRIC-073).
 * It does not depend on the order in which trades arrive, and stops at a limit instead of
 * overflowing.
 */
final class TrailingVolume {
    /** Greatest volume of a window: ten million billion hundredths. */
    static final long GREATEST = 100_000_000_000_000_000L;

    private static final int STEPS = 60;
    private static final long E16_PER_HUNDREDTH = 100_000_000_000_000L;

    private final long stepNanos;
    private final long[] steps = new long[STEPS];
    private final long[] volumes = new long[STEPS];

    TrailingVolume(long windowNanos) {
        stepNanos = Math.max(1, windowNanos / STEPS);
    }

    void add(long priceE8, long sizeE8, long timeNanos) {
        long step = Math.floorDiv(timeNanos, stepNanos);
        int place = Math.floorMod(step, STEPS);
        if (steps[place] != step) {
            if (steps[place] > step) {
                return;
            }
            steps[place] = step;
            volumes[place] = 0;
        }
        volumes[place] = Math.min(GREATEST, volumes[place] + quoteVolume(priceE8, sizeE8));
    }

    private static long quoteVolume(long priceE8, long sizeE8) {
        boolean tooMuch =
                FixedPoint.compareProducts(priceE8, sizeE8, GREATEST, E16_PER_HUNDREDTH) >= 0;
        return tooMuch
                ? GREATEST
                : FixedPoint.mulDiv(priceE8, sizeE8, E16_PER_HUNDREDTH, Rounding.DOWN);
    }

    /** The volume of the steps that the window touches at {@code nowNanos}. */
    long volume(long nowNanos) {
        long newest = Math.floorDiv(nowNanos, stepNanos);
        long sum = 0;
        for (int i = 0; i < STEPS; i++) {
            if (steps[i] > newest - STEPS) {
                sum = Math.min(GREATEST, sum + volumes[i]);
            }
        }
        return sum;
    }

    /** The last instant before which time alone changes the volume. */
    long unchangedUntilNanos(long nowNanos) {
        return Math.subtractExact(
                Math.multiplyExact(Math.floorDiv(nowNanos, stepNanos) + 1, stepNanos), 1);
    }
}

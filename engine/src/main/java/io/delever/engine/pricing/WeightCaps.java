package io.delever.engine.pricing;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Rounding;

/**
 * Limits the share of each weight (PRIC-072): a weight above its cap is set to it, and the others
 * share the rest in proportion, as long as one is above.
 */
final class WeightCaps {
    private static final long PPB_PER_PPM = FixedPoint.ONE_PPB / FixedPoint.ONE_PPM;

    private WeightCaps() {}

    /**
     * Weights whose shares are within their caps. Where all are at their cap, their shares are
     * those of the caps.
     *
     * @param weights 0 or more, the first {@code count} count
     * @param capsPpm greatest share of each, 0 to 1,000,000
     * @return the same array where nothing is above its cap, so that nothing is rounded
     */
    static long[] apply(long[] weights, long[] capsPpm, int count) {
        boolean[] capped = new boolean[count];
        long leftPpm = FixedPoint.ONE_PPM;
        long leftWeight = 0;
        for (int i = 0; i < count; i++) {
            leftWeight = Math.addExact(leftWeight, weights[i]);
        }
        int found = 0;
        for (boolean again = true; again; ) {
            again = false;
            for (int i = 0; i < count; i++) {
                if (!capped[i]
                        && FixedPoint.compareProducts(weights[i], leftPpm, capsPpm[i], leftWeight)
                                > 0) {
                    capped[i] = true;
                    found++;
                    again = true;
                    leftPpm -= capsPpm[i];
                    leftWeight -= weights[i];
                }
            }
        }
        if (found == 0) {
            return weights;
        }
        long[] shares = new long[count];
        for (int i = 0; i < count; i++) {
            shares[i] =
                    capped[i] || leftWeight == 0
                            ? Math.multiplyExact(capped[i] ? capsPpm[i] : 0, PPB_PER_PPM)
                            : FixedPoint.mulDiv(
                                    weights[i],
                                    Math.multiplyExact(leftPpm, PPB_PER_PPM),
                                    leftWeight,
                                    Rounding.HALF_EVEN);
        }
        return shares;
    }
}

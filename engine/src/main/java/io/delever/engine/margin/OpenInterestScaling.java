package io.delever.engine.margin;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Ratio;
import io.delever.engine.money.Rounding;

/**
 * Initial margin that rises with a market's open interest; maintenance margin never does (MARG-074;
 * RULES §4).
 *
 * @param lowerCap open interest up to which nothing changes, at least 0
 * @param upperCap open interest from which the rate is 100 %, above the lower cap; both 0 for no
 *     scaling at all
 */
public record OpenInterestScaling(Ratio lowerCap, Ratio upperCap) {
    /** Refuses caps in the wrong order. */
    public OpenInterestScaling {
        boolean off = lowerCap.signum() == 0 && upperCap.signum() == 0;
        if (lowerCap.signum() < 0 || (!off && upperCap.compareTo(lowerCap) <= 0)) {
            throw new IllegalArgumentException(
                    "lower cap %s must be at least 0 and below the upper cap %s"
                            .formatted(lowerCap, upperCap));
        }
    }

    /**
     * base + max(0, (open interest − lower) ÷ (upper − lower)) × (1 − base), at most 100 %, cut to
     * a whole ppm.
     *
     * @param base the rate without scaling, at most 100 %
     * @param openInterest notional, in the unit of the caps
     */
    public Rate effective(Rate base, Ratio openInterest) {
        if (upperCap.signum() == 0) {
            return base;
        }
        Ratio used = openInterest.minus(lowerCap).dividedBy(upperCap.minus(lowerCap));
        Ratio room = Ratio.ONE.minus(Ratio.of(base));
        Ratio rate = Ratio.of(base).plus(used.max(Ratio.ZERO).times(room)).min(Ratio.ONE);
        return new Rate(rate.units(FixedPoint.ONE_PPM, Rounding.DOWN));
    }
}

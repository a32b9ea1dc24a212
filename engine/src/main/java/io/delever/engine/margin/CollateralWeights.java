package io.delever.engine.margin;

import io.delever.engine.money.Ratio;
import io.delever.engine.money.Rounding;

/**
 * What an asset counts for where that depends on spread or size (MARG-085 to MARG-087; RULES §4,
 * §5). Weights are shares; 1 counts in full.
 */
public final class CollateralWeights {
    /** Square roots of sizes are taken to so many units of one, rounded down. */
    private static final long ROOT_UNITS = 100_000;

    private static final Ratio MAX_DISCOUNT = Ratio.of(11, 10);
    private static final Ratio LIABILITY_BASE = Ratio.of(8, 10);

    private CollateralWeights() {}

    /** The price at which a positive balance counts: index × (1 − bid buffer) (MARG-085). */
    public static Ratio bid(Ratio index, Ratio bidBuffer) {
        return index.times(Ratio.ONE.minus(bidBuffer));
    }

    /** The price at which a debt counts: index × (1 + ask buffer) (MARG-085). */
    public static Ratio ask(Ratio index, Ratio askBuffer) {
        return index.times(Ratio.ONE.plus(askBuffer));
    }

    /**
     * The weight of an asset that the whole venue holds much of: greatest × min(1, start ÷ total)
     * (MARG-086).
     *
     * @param total value of all deposits of the asset, at least 0
     * @param start value from which the weight falls, above 0
     */
    public static Ratio bySizeOfAll(Ratio greatest, Ratio total, Ratio start) {
        return total.compareTo(start) <= 0 ? greatest : greatest.times(start).dividedBy(total);
    }

    /**
     * The weight of a balance that is large by itself: min(weight, 1.1 ÷ (1 + factor × √size))
     * (MARG-087).
     *
     * @param size units of the asset, at least 0
     * @param factor share by which √size counts; 0 changes nothing
     */
    public static Ratio asset(Ratio weight, Ratio size, Ratio factor) {
        return factor.signum() == 0
                ? weight
                : weight.min(MAX_DISCOUNT.dividedBy(Ratio.ONE.plus(rootTerm(size, factor))));
    }

    /** The weight of a debt: max(weight, 0.8 × weight + factor × √size) (MARG-087). */
    public static Ratio liability(Ratio weight, Ratio size, Ratio factor) {
        return factor.signum() == 0
                ? weight
                : weight.max(LIABILITY_BASE.times(weight).plus(rootTerm(size, factor)));
    }

    private static Ratio rootTerm(Ratio size, Ratio factor) {
        Ratio root = size.squareRoot(ROOT_UNITS);
        return factor.times(root).rounded(1_000_000, Rounding.DOWN);
    }
}

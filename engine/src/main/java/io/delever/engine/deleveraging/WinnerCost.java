package io.delever.engine.deleveraging;

import io.delever.engine.money.Ratio;

/**
 * What auto-deleveraging cost a winner, seen afterwards (ADLQ-034). Signs are those of the size: of
 * a short, a later rise is negative, because it was spared.
 *
 * @param immediate size × (mark then − execution)
 * @param opportunity size × (mark later − mark then)
 */
public record WinnerCost(Ratio immediate, Ratio opportunity) {
    /**
     * Splits the difference between execution and a later mark.
     *
     * @param size signed, as it was closed
     * @param execution price at which it was closed
     * @param markThen mark at that moment
     * @param markLater mark after the time looked at
     */
    public static WinnerCost of(Ratio size, Ratio execution, Ratio markThen, Ratio markLater) {
        return new WinnerCost(
                size.times(markThen.minus(execution)), size.times(markLater.minus(markThen)));
    }

    /** size × (mark later − execution). */
    public Ratio total() {
        return immediate.plus(opportunity);
    }
}

package io.delever.engine.margin;

import io.delever.engine.money.Money;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;

/**
 * Requirements of a venue that states maintenance margin as a share of initial margin (MARG-060).
 *
 * @param initialMargin notional × initial rate, rounded up
 * @param maintenanceMargin initial margin × share, rounded up again
 */
public record ProportionalMargin(Money initialMargin, Money maintenanceMargin) {
    /**
     * Both requirements of a notional.
     *
     * @param notional &gt;= 0
     * @param maintenanceShare at most 100 %
     */
    public static ProportionalMargin of(Money notional, Rate initialRate, Rate maintenanceShare) {
        if (notional.isNegative()) {
            throw new IllegalArgumentException("a notional must be >= 0, is " + notional);
        }
        if (maintenanceShare.compareTo(Rate.ONE) > 0) {
            throw new IllegalArgumentException(
                    "maintenance is at most all of initial margin, given " + maintenanceShare);
        }
        Money initial = notional.times(initialRate, Rounding.CEILING);
        return new ProportionalMargin(initial, initial.times(maintenanceShare, Rounding.CEILING));
    }
}

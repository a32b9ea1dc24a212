package io.delever.engine.liquidation;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import java.util.Optional;

/** How much of a position must be closed to cover a shortage of maintenance margin (LIQD-081). */
public final class MarginShortage {
    private MarginShortage() {}

    /**
     * Shortage ÷ (price × (maintenance rate − fees)), rounded up: closing that much at the price
     * releases the shortage, within one tier. Empty where the fees eat what is released, so that no
     * size covers it, or where the size does not fit.
     *
     * @param shortage maintenance margin − adjusted equity, &gt;= 0
     * @param fees all fees on the closed notional
     */
    public static Optional<Quantity> sizeToCover(
            Money shortage, Price price, Rate maintenanceMargin, Rate fees) {
        if (shortage.isNegative()) {
            throw new IllegalArgumentException("a shortage must be >= 0, is " + shortage);
        }
        long released = maintenanceMargin.ppm() - fees.ppm();
        if (released <= 0) {
            return Optional.empty();
        }
        long notional =
                FixedPoint.mulDiv(shortage.e8(), FixedPoint.ONE_PPM, released, Rounding.CEILING);
        boolean fits =
                FixedPoint.compareProducts(
                                notional, FixedPoint.ONE_E8, Long.MAX_VALUE - 1, price.e8())
                        <= 0;
        return fits
                ? Optional.of(
                        new Quantity(
                                FixedPoint.mulDiv(
                                        notional, FixedPoint.ONE_E8, price.e8(), Rounding.CEILING)))
                : Optional.empty();
    }
}

package io.delever.engine.margin;

import io.delever.engine.account.Position;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import java.util.Optional;

/**
 * The convention of venues that fix maintenance margin at the entry value of a position, where this
 * engine takes its present value (MARG-061). For comparison only: nothing here is used to decide.
 */
public final class EntryValueMargin {
    private EntryValueMargin() {}

    /**
     * The mark at which margin + unrealized profit = |cost| × maintenance rate, for a position with
     * margin of its own; long rounded up, short down. Empty where it is not positive.
     *
     * @param margin what backs the position
     */
    public static Optional<Price> liquidationPrice(
            Position position, Money margin, Rate maintenanceMargin) {
        Money kept = position.cost().abs().times(maintenanceMargin, Rounding.CEILING);
        // size × price = cost + kept − margin, with the signs of a long or a short.
        Money value = position.cost().plus(kept).minus(margin);
        boolean isLong = position.size().isLong();
        long signed = isLong ? value.e8() : Math.negateExact(value.e8());
        if (signed <= 0) {
            return Optional.empty();
        }
        long e8 =
                FixedPoint.mulDiv(
                        signed,
                        FixedPoint.ONE_E8,
                        position.size().abs().e8(),
                        isLong ? Rounding.CEILING : Rounding.FLOOR);
        return e8 > 0 ? Optional.of(new Price(e8)) : Optional.empty();
    }
}

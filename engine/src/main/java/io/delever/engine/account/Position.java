package io.delever.engine.account;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rounding;
import java.util.Optional;

/**
 * An open position as two sums; the average entry price is derived from them for display only.
 *
 * @param size + long, − short, never 0
 * @param cost what was paid for a long (+) or received for a short (−)
 */
public record Position(InstrumentId instrument, Quantity size, Money cost) {
    /**
     * Refuses a size of 0 and sums out of the admitted range with an {@link
     * IllegalArgumentException}.
     */
    public Position {
        if (size.isZero()) {
            throw new IllegalArgumentException("a position in " + instrument + " has no size");
        }
        requireAmount(instrument, "size", size.e8());
        requireAmount(instrument, "cost", cost.e8());
    }

    /** A position opened in one fill; see {@link PositionChange#notional}. */
    public static Position opened(InstrumentId instrument, Quantity size, Price price) {
        return new Position(instrument, size, PositionChange.notional(size, price));
    }

    /** Size × mark − cost, rounded down (ACCT-007). */
    public Money unrealizedPnl(Price mark) {
        return mark.times(size, Rounding.FLOOR).minus(cost);
    }

    /** |size| × mark, rounded up: what margin is asked for (ACCT-007). */
    public Money notional(Price mark) {
        return mark.times(size.abs(), Rounding.CEILING);
    }

    /**
     * |cost| ÷ |size|, half-even; empty where that is not positive, which display then leaves out.
     */
    public Optional<Price> entryPrice() {
        if (cost.signum() != size.signum()) {
            return Optional.empty();
        }
        // A cost of one unit on a large size rounds to 0; a size of one unit may not fit.
        long wholeE8 = cost.abs().e8();
        if (FixedPoint.compareProducts(
                        wholeE8, FixedPoint.ONE_E8, Long.MAX_VALUE - 1, size.abs().e8())
                > 0) {
            return Optional.empty();
        }
        long e8 =
                FixedPoint.mulDiv(wholeE8, FixedPoint.ONE_E8, size.abs().e8(), Rounding.HALF_EVEN);
        return e8 > 0 ? Optional.of(new Price(e8)) : Optional.empty();
    }

    private static void requireAmount(InstrumentId instrument, String what, long e8) {
        AdmittedRange.require(
                AdmittedRange.isWithin(e8, AdmittedRange.MAX_AMOUNT_E8),
                what + " of the position in " + instrument,
                e8);
    }
}

package io.delever.engine.deleveraging;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import java.util.Objects;

/**
 * A bankrupt position that must be closed against profitable accounts.
 *
 * @param instrument what is closed
 * @param size the trade that the bankrupt account needs: + buys back a short, − sells a long; not
 *     zero
 * @param prices at which it is closed, and the mark that profit is measured against
 * @param lot the instrument's lot, greater than zero
 * @param limits severity and profit cap
 */
public record AdlRequest(
        InstrumentId instrument, Quantity size, Prices prices, Quantity lot, Limits limits) {

    /** The bankruptcy price, at which winners are closed, and the mark price. */
    public record Prices(Price bankruptcy, Price mark) {}

    /**
     * How much may be taken.
     *
     * @param severity share of the uncovered deficit that is budgeted, 0 to 1 (ADLQ-003)
     * @param profitCap greatest share of its own profit that one winner gives up, 0 to 1 (ADLQ-004)
     */
    public record Limits(Rate severity, Rate profitCap) {
        /** The whole deficit, from all of the profit. */
        public static final Limits FULL =
                new Limits(new Rate(FixedPoint.ONE_PPM), new Rate(FixedPoint.ONE_PPM));

        public Limits {
            requireShare("severity", severity);
            requireShare("profit cap", profitCap);
        }

        private static void requireShare(String what, Rate rate) {
            if (rate.ppm() > FixedPoint.ONE_PPM) {
                throw new IllegalArgumentException(
                        what + " is " + rate.ppm() + " ppm, must be at most " + FixedPoint.ONE_PPM);
            }
        }
    }

    public AdlRequest {
        Objects.requireNonNull(instrument, "instrument");
        if (size.signum() == 0) {
            throw new IllegalArgumentException(instrument + ": the size to close is 0");
        }
        if (lot.signum() <= 0) {
            throw new IllegalArgumentException(
                    instrument + ": the lot is " + lot + ", must be greater than 0");
        }
    }

    /**
     * What a winner gives up per unit of size against the mark price: price difference × 10⁻⁸, ≥ 0;
     * zero where the bankruptcy price is no worse for winners than the mark.
     */
    public long lossPerUnitE8() {
        // Winners take the other side: they buy where the bankrupt account sells.
        long difference =
                size.signum() < 0
                        ? Math.subtractExact(prices.bankruptcy().e8(), prices.mark().e8())
                        : Math.subtractExact(prices.mark().e8(), prices.bankruptcy().e8());
        return Math.max(0, difference);
    }

    /** Whole lots to close: severity × |size|, rounded down (ADLQ-003). */
    public long lotsToClose() {
        long scaled =
                FixedPoint.mulDiv(
                        size.abs().e8(),
                        limits.severity().ppm(),
                        FixedPoint.ONE_PPM,
                        Rounding.FLOOR);
        return FixedPoint.mulDiv(scaled, 1, lot.e8(), Rounding.FLOOR);
    }

    /** Severity × uncovered deficit, rounded up (ADLQ-003). */
    public Money budget() {
        return haircutOf(Math.multiplyExact(lotsToClose(), lot.e8()));
    }

    /** What giving up this size costs a winner against the mark price, rounded up. */
    Money haircutOf(long sizeE8) {
        return new Money(
                FixedPoint.mulDiv(lossPerUnitE8(), sizeE8, FixedPoint.ONE_E8, Rounding.CEILING));
    }
}

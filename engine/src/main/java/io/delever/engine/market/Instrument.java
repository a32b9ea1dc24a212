package io.delever.engine.market;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;

/**
 * What is traded; profit is paid in the settlement asset (MKTS-004). Its value follows its price as
 * {@link MarketView#contractOf} says.
 *
 * @param tickSize prices of orders and fills are multiples of it
 * @param lotSize sizes of orders and fills are multiples of it; greater than 0
 * @param takerFee share of the notional, at most 100 %
 * @param liquidationFee share of the notional of a forced close, at most 100 %
 */
public record Instrument(
        InstrumentId id,
        AssetId base,
        AssetId settlement,
        Price tickSize,
        Quantity lotSize,
        TierTable tiers,
        Rate takerFee,
        Rate liquidationFee) {
    /** Refuses parameters out of range with an {@link IllegalArgumentException}. */
    public Instrument {
        if (!lotSize.isLong()) {
            throw new IllegalArgumentException("lot size of " + id + " must be > 0, is " + lotSize);
        }
        checkFee(id, "taker fee", takerFee);
        checkFee(id, "liquidation fee", liquidationFee);
    }

    private static void checkFee(InstrumentId id, String what, Rate fee) {
        if (fee.ppm() > FixedPoint.ONE_PPM) {
            throw new IllegalArgumentException(
                    what + " of " + id + " must be <= 1000000 ppm, is " + fee.ppm());
        }
    }
}

package io.delever.engine.market;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;

/**
 * What is traded; profit is paid in the settlement asset (MKTS-004).
 *
 * @param tickSize prices of orders and fills are multiples of it
 * @param lotSize sizes of orders and fills are multiples of it; greater than 0
 * @param takerFee share of the notional, at most 100 %
 * @param liquidationFee share of the notional of a forced close, at most 100 %
 * @param contract how value follows the price; an inverse one settles in its base
 */
public record Instrument(
        InstrumentId id,
        AssetId base,
        AssetId settlement,
        Price tickSize,
        Quantity lotSize,
        TierTable tiers,
        Rate takerFee,
        Rate liquidationFee,
        Contract contract) {
    /** A linear perpetual of one unit of base. */
    public Instrument(
            InstrumentId id,
            AssetId base,
            AssetId settlement,
            Price tickSize,
            Quantity lotSize,
            TierTable tiers,
            Rate takerFee,
            Rate liquidationFee) {
        this(
                id,
                base,
                settlement,
                tickSize,
                lotSize,
                tiers,
                takerFee,
                liquidationFee,
                Contract.LINEAR);
    }

    /** Refuses parameters out of range with an {@link IllegalArgumentException}. */
    public Instrument {
        if (!lotSize.isLong()) {
            throw new IllegalArgumentException("lot size of " + id + " must be > 0, is " + lotSize);
        }
        checkFee(id, "taker fee", takerFee);
        checkFee(id, "liquidation fee", liquidationFee);
        if (contract.isInverse() && !settlement.equals(base)) {
            throw new IllegalArgumentException(
                    id + " is inverse and settles in its base " + base + ", not in " + settlement);
        }
        checkLot(id, lotSize, contract);
    }

    /** So that whole lots have whole units, and no size is rounded. */
    private static void checkLot(InstrumentId id, Quantity lotSize, Contract contract) {
        long lot = lotSize.e8();
        long multiplier = contract.multiplier().e8();
        boolean fits =
                FixedPoint.compareProducts(lot, multiplier, Long.MAX_VALUE, FixedPoint.ONE_E8) < 0;
        if (!fits
                || FixedPoint.mulDiv(lot, multiplier, FixedPoint.ONE_E8, Rounding.FLOOR)
                        != FixedPoint.mulDiv(
                                lot, multiplier, FixedPoint.ONE_E8, Rounding.CEILING)) {
            throw new IllegalArgumentException(
                    "lot "
                            + lotSize
                            + " x multiplier "
                            + contract.multiplier()
                            + " of "
                            + id
                            + " must be a whole number of 0.00000001 that fits");
        }
    }

    private static void checkFee(InstrumentId id, String what, Rate fee) {
        if (fee.ppm() > FixedPoint.ONE_PPM) {
            throw new IllegalArgumentException(
                    what + " of " + id + " must be <= 1000000 ppm, is " + fee.ppm());
        }
    }
}

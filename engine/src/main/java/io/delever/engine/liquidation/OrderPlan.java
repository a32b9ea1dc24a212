package io.delever.engine.liquidation;

import io.delever.engine.market.AssetId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import java.util.Optional;

/**
 * What one order is to do.
 *
 * @param instrument whose position is reduced
 * @param settlement the asset in which it settles
 * @param size signed: + buys back a short, − sells a long; never 0
 * @param limit a multiple of the tick
 * @param mark the mark price it was planned at
 * @param bankruptcyPrice of the position at that time, absent where no positive one exists
 * @param liquidationFee fee rate on the notional of its fills (LIQD-025)
 * @param fundNeed ≥ 0, what the fund must reserve before it is sent; 0 for an order within the
 *     bankruptcy price (LIQD-023)
 */
public record OrderPlan(
        InstrumentId instrument,
        AssetId settlement,
        Quantity size,
        Price limit,
        Price mark,
        Optional<Price> bankruptcyPrice,
        Rate liquidationFee,
        Money fundNeed) {
    /** Refuses a size of 0 and a negative need. */
    public OrderPlan {
        if (size.signum() == 0 || fundNeed.signum() < 0) {
            throw new IllegalArgumentException(
                    "order plan: size " + size + " must not be 0, need " + fundNeed + " not < 0");
        }
    }

    /** Whether it closes a long. */
    public boolean isSell() {
        return size.isShort();
    }

    /**
     * What a fill brings the insurance fund, signed: its fee, less what it uses of the fund's
     * reservation (LIQD-080).
     *
     * @param filled size of the fill, > 0
     * @param price price of the fill
     */
    public Money fundDeltaOf(Quantity filled, Price price) {
        return feeOf(filled, price).minus(fundUseOf(filled, price));
    }

    /**
     * The fee of a fill, ≥ 0 (LIQD-025).
     *
     * @param filled size of the fill, > 0
     * @param price price of the fill
     */
    Money feeOf(Quantity filled, Price price) {
        Money full = price.times(filled, Rounding.CEILING).times(liquidationFee, Rounding.CEILING);
        if (bankruptcyPrice.isEmpty()) {
            return fundNeed.isPositive() ? Money.ZERO : full;
        }
        return full.min(roomAbove(bankruptcyPrice.get(), filled, price).max(Money.ZERO));
    }

    /**
     * What a fill used of the fund's reservation, ≥ 0 (LIQD-024).
     *
     * @param filled size of the fill, > 0
     * @param price price of the fill
     */
    Money fundUseOf(Quantity filled, Price price) {
        if (bankruptcyPrice.isEmpty()) {
            return new Money(
                    FixedPoint.mulDiv(
                            fundNeed.e8(), filled.e8(), size.abs().e8(), Rounding.CEILING));
        }
        return roomAbove(bankruptcyPrice.get(), filled, price).negate().max(Money.ZERO);
    }

    /**
     * What the price leaves to the account above its bankruptcy price, rounded down; < 0 beyond it.
     */
    private Money roomAbove(Price bankruptcy, Quantity filled, Price price) {
        long difference =
                isSell()
                        ? Math.subtractExact(price.e8(), bankruptcy.e8())
                        : Math.subtractExact(bankruptcy.e8(), price.e8());
        return new Money(
                FixedPoint.mulDiv(difference, filled.e8(), FixedPoint.ONE_E8, Rounding.FLOOR));
    }
}

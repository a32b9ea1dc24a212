package io.delever.engine.liquidation;

import io.delever.engine.market.AssetId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
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
 * @param fundNeed ≥ 0, what the fund must reserve before it is sent; 0 for an order within the bankruptcy price (LIQD-023)
 */
public record OrderPlan(
        InstrumentId instrument,
        AssetId settlement,
        Quantity size,
        Price limit,
        Price mark,
        Optional<Price> bankruptcyPrice,
        Money fundNeed) {
    /** Refuses a size of 0 and a negative need. */
    public OrderPlan {
        if (size.signum() == 0 || fundNeed.signum() < 0) {
            throw new IllegalArgumentException(
                    "order plan: size " + size + " must not be 0, need " + fundNeed + " not < 0");
        }
    }
}

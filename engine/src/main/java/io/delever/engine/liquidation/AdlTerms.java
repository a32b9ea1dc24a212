package io.delever.engine.liquidation;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;

/**
 * What ADL is to close.
 *
 * @param instrument whose position is closed
 * @param size signed for the case's account: + buys back a short, − sells a long; never 0
 * @param price the bankruptcy price, a multiple of the tick (LIQD-051)
 * @param mark the mark price at that time
 */
public record AdlTerms(InstrumentId instrument, Quantity size, Price price, Price mark) {
    /** Refuses a size of 0. */
    public AdlTerms {
        if (size.signum() == 0) {
            throw new IllegalArgumentException("ADL of " + instrument + ": size must not be 0");
        }
    }
}

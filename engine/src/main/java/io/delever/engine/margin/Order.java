package io.delever.engine.margin;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;

/**
 * An order before trading.
 *
 * @param size + buys, − sells, not 0
 */
public record Order(InstrumentId instrument, Quantity size, Price limitPrice, boolean reduceOnly) {
    /** Refuses a size of 0 with an {@link IllegalArgumentException}. */
    public Order {
        if (size.isZero()) {
            throw new IllegalArgumentException("the size of an order must not be 0");
        }
    }
}

package io.delever.simulation.venue;

import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import java.util.List;

/**
 * What can be traded now.
 *
 * @param bids highest price first, prices differ
 * @param asks lowest price first, prices differ
 */
public record VisibleDepth(List<Level> bids, List<Level> asks) {
    /** Copies the lists. */
    public VisibleDepth {
        bids = List.copyOf(bids);
        asks = List.copyOf(asks);
    }

    /**
     * One price.
     *
     * @param price the price
     * @param size above 0
     */
    public record Level(Price price, Quantity size) {}
}

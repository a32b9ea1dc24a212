package io.delever.engine.liquidation;

import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;

/**
 * A fill as the venue reports it.
 *
 * @param fillId unique at the venue, 1 to 80 printable ASCII characters without space
 * @param size > 0, whatever the side
 * @param price the price of this fill
 */
public record OrderFill(String fillId, Quantity size, Price price) {
    /** Refuses a size ≤ 0 and an id that would not fit into a command id. */
    public OrderFill {
        if (fillId.isEmpty()
                || fillId.length() > 80
                || !fillId.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new IllegalArgumentException(
                    "fill id: 1 to 80 printable ASCII characters expected, got '" + fillId + "'");
        }
        if (size.signum() <= 0) {
            throw new IllegalArgumentException(
                    "fill " + fillId + ": size " + size + ", must be > 0");
        }
    }
}

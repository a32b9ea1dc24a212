package io.delever.engine.liquidation;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import java.util.List;
import java.util.Optional;

/**
 * What is visible in a book.
 *
 * @param bids best (highest) first
 * @param asks best (lowest) first
 */
public record MarketDepth(InstrumentId instrument, List<Level> bids, List<Level> asks) {
    /** Copies the lists; refuses levels out of order. */
    public MarketDepth {
        bids = List.copyOf(bids);
        asks = List.copyOf(asks);
        for (int i = 1; i < bids.size(); i++) {
            requireOrder(bids.get(i - 1).price(), bids.get(i).price(), instrument);
        }
        for (int i = 1; i < asks.size(); i++) {
            requireOrder(asks.get(i).price(), asks.get(i - 1).price(), instrument);
        }
    }

    private static void requireOrder(Price higher, Price lower, InstrumentId instrument) {
        if (higher.compareTo(lower) <= 0) {
            throw new IllegalArgumentException(
                    "depth of " + instrument + ": " + higher + " must be above " + lower);
        }
    }

    /** Best price a seller ({@code selling}) or a buyer would meet. */
    Optional<Price> best(boolean selling) {
        List<Level> levels = selling ? bids : asks;
        return levels.isEmpty() ? Optional.empty() : Optional.of(levels.getFirst().price());
    }

    /** What a seller or buyer could trade at the limit or better, ≥ 0. */
    Quantity within(boolean selling, Price limit) {
        Quantity sum = Quantity.ZERO;
        for (Level level : selling ? bids : asks) {
            int comparison = level.price().compareTo(limit);
            if (selling ? comparison < 0 : comparison > 0) {
                break;
            }
            sum = sum.plus(level.size());
        }
        return sum;
    }

    /**
     * One price of a book.
     *
     * @param size > 0
     */
    public record Level(Price price, Quantity size) {
        /** Refuses a size ≤ 0. */
        public Level {
            if (size.signum() <= 0) {
                throw new IllegalArgumentException(
                        "depth level at " + price + ": size " + size + ", must be > 0");
            }
        }
    }
}

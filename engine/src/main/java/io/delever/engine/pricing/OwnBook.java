package io.delever.engine.pricing;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rounding;
import java.util.Optional;

/**
 * What the venue's own book of a perpetual says at one time (MARK-002).
 *
 * @param bestBid best price to sell at, at most the best ask
 * @param bestAsk best price to buy at
 * @param lastTrade newest trade; absent where there is none
 * @param impactBid average price of selling the impact notional; absent without that depth
 * @param impactAsk average price of buying the impact notional; absent without that depth
 * @param timeNanos when the book was so
 */
public record OwnBook(
        Price bestBid,
        Price bestAsk,
        Optional<Price> lastTrade,
        Optional<Price> impactBid,
        Optional<Price> impactAsk,
        long timeNanos) {
    /** Refuses a crossed book. */
    public OwnBook {
        if (bestBid.compareTo(bestAsk) > 0) {
            throw new IllegalArgumentException(
                    "best bid: %s, limit the best ask %s".formatted(bestBid, bestAsk));
        }
    }

    /** The middle of both best prices, half-even. */
    public Price mid() {
        return new Price(
                FixedPoint.mulDiv(
                        Math.addExact(bestBid.e8(), bestAsk.e8()), 1, 2, Rounding.HALF_EVEN));
    }

    boolean isFresh(long nowNanos, long stalenessNanos) {
        return timeNanos >= Math.subtractExact(nowNanos, stalenessNanos);
    }
}

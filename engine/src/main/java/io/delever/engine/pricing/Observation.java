package io.delever.engine.pricing;

import io.delever.engine.money.Price;

/**
 * The newest admitted tick of one source.
 *
 * @param price the price
 * @param timeNanos when the venue observed it
 */
public record Observation(Price price, long timeNanos) {
    /**
     * Whether it is still fresh: its age is at most the limit (PRIC-020). An observation from the
     * future is fresh.
     */
    public boolean isFresh(long nowNanos, long stalenessLimitNanos) {
        return timeNanos >= Math.subtractExact(nowNanos, stalenessLimitNanos);
    }
}

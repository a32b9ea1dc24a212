package io.delever.engine.pricing;

import io.delever.engine.money.Price;

/**
 * The index prices of one interval of time (PRIC-071).
 *
 * @param startNanos start of the interval, which belongs to it; its end does not
 * @param open first price
 * @param high greatest price
 * @param low least price
 * @param close last price
 * @param updates how many prices, at least 1
 */
public record Candle(
        long startNanos, Price open, Price high, Price low, Price close, long updates) {
    /** Refuses prices out of order and a candle without any. */
    public Candle {
        boolean within =
                low.compareTo(open) <= 0
                        && low.compareTo(close) <= 0
                        && high.compareTo(open) >= 0
                        && high.compareTo(close) >= 0;
        if (!within || updates < 1) {
            throw new IllegalArgumentException(
                    "candle at %d: low %s, open %s, close %s, high %s, %d updates"
                            .formatted(startNanos, low, open, close, high, updates));
        }
    }
}

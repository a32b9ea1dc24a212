package io.delever.engine.pricing;

import io.delever.engine.money.Price;

/**
 * What a tick may be at most (PRIC-012, PRIC-013, PRIC-016).
 *
 * @param greatestPrice greatest admitted price, at most {@link #MAXIMUM_GREATEST_PRICE_E8}
 * @param futureSkewNanos how far the venue's clock may be ahead, 0 to one hour
 * @param jumpFactor how many times a price may be greater or smaller than the source's own fresh
 *     last price, 2 to 1000
 */
public record PricingLimits(Price greatestPrice, long futureSkewNanos, int jumpFactor) {
    /** Two prices of this size still add up in a {@code long}. */
    public static final long MAXIMUM_GREATEST_PRICE_E8 = Long.MAX_VALUE / 4;

    private static final long MAXIMUM_SKEW_NANOS = 3_600_000_000_000L;
    private static final int MINIMUM_JUMP_FACTOR = 2;
    private static final int MAXIMUM_JUMP_FACTOR = 1_000;

    /** Refuses a limit out of its range. */
    public PricingLimits {
        if (greatestPrice.e8() > MAXIMUM_GREATEST_PRICE_E8) {
            throw new IllegalArgumentException(
                    "greatest price: %s, limit %s × 10^-8"
                            .formatted(greatestPrice, MAXIMUM_GREATEST_PRICE_E8));
        }
        if (futureSkewNanos < 0 || futureSkewNanos > MAXIMUM_SKEW_NANOS) {
            throw new IllegalArgumentException(
                    "future skew: %d ns, limits 0 to %d"
                            .formatted(futureSkewNanos, MAXIMUM_SKEW_NANOS));
        }
        if (jumpFactor < MINIMUM_JUMP_FACTOR || jumpFactor > MAXIMUM_JUMP_FACTOR) {
            throw new IllegalArgumentException(
                    "jump factor: %d, limits %d to %d"
                            .formatted(jumpFactor, MINIMUM_JUMP_FACTOR, MAXIMUM_JUMP_FACTOR));
        }
    }
}

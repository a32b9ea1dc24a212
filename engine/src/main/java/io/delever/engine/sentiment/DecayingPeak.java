package io.delever.engine.sentiment;

/**
 * The highest price, coming down half way to the present price every half-life (SENT-011). O(1).
 */
final class DecayingPeak {
    private final long halfLifeNanos;
    private double peak;
    private double price;
    private long lastTimeNanos;

    DecayingPeak(long halfLifeNanos) {
        this.halfLifeNanos = halfLifeNanos;
    }

    void accept(double newPrice, long timeNanos) {
        if (peak == 0) {
            peak = newPrice;
            lastTimeNanos = timeNanos;
        }
        if (timeNanos < lastTimeNanos) {
            return;
        }
        if (newPrice >= peak) {
            peak = newPrice;
        } else {
            double kept = Decay.factor(timeNanos - lastTimeNanos, halfLifeNanos);
            peak = newPrice + (peak - newPrice) * kept;
        }
        price = newPrice;
        lastTimeNanos = timeNanos;
    }

    /** Share lost from the peak, 0 to 1. */
    double drawdown() {
        return peak == 0 ? 0 : (peak - price) / peak;
    }
}

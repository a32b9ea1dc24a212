package io.delever.engine.sentiment;

/** An exponentially weighted flow: amounts that happened, per unit of time (SENT-013). O(1). */
final class DecayingFlow {
    private static final double HOURS_PER_YEAR = 8766;

    private final long halfLifeNanos;
    private double sum;
    private long asOfNanos;

    DecayingFlow(long halfLifeNanos) {
        this.halfLifeNanos = halfLifeNanos;
    }

    /**
     * An amount at a time; an amount that is heard of late counts what would be left of it by now.
     */
    void add(double amount, long timeNanos) {
        if (timeNanos >= asOfNanos) {
            sum = sum * Decay.factor(timeNanos - asOfNanos, halfLifeNanos) + amount;
            asOfNanos = timeNanos;
        } else {
            sum += amount * Decay.factor(asOfNanos - timeNanos, halfLifeNanos);
        }
    }

    /**
     * The flow per hour at {@code nowNanos}; an hour is a year over 8,766, so a replay at speed has
     * shorter hours like it has shorter years.
     */
    double perHour(long nowNanos, long yearNanos) {
        double left = sum * Decay.factor(Math.max(0, nowNanos - asOfNanos), halfLifeNanos);
        return left * (Decay.LN_2 / halfLifeNanos) * (yearNanos / HOURS_PER_YEAR);
    }
}

package io.delever.engine.sentiment;

/**
 * Exponentially weighted variance of log returns per unit of time (SENT-010). A return r over dt
 * counts with the weight of the time it spans, so ticks of any spacing estimate the same rate. O(1)
 * in time and memory.
 */
final class RealisedVolatility {
    private final long halfLifeNanos;
    private double lastPrice;
    private long lastTimeNanos;
    private double variancePerSecond;
    private double weight;
    private long returns;
    private boolean started;

    RealisedVolatility(long halfLifeNanos) {
        this.halfLifeNanos = halfLifeNanos;
    }

    void accept(double price, long timeNanos) {
        if (!started) {
            restartAt(price, timeNanos);
            return;
        }
        long elapsed = timeNanos - lastTimeNanos;
        if (elapsed <= 0) {
            return;
        }
        double r = StrictMath.log(price / lastPrice);
        double kept = Decay.factor(elapsed, halfLifeNanos);
        double ratePerSecond = r * r / (elapsed / Decay.NANOS_PER_SECOND);
        variancePerSecond = kept * variancePerSecond + (1 - kept) * ratePerSecond;
        weight = kept * weight + (1 - kept);
        returns++;
        lastPrice = price;
        lastTimeNanos = timeNanos;
    }

    /** The next price starts a new return: a gap without usable prices is not a return. */
    void interrupt() {
        started = false;
    }

    boolean hasAtLeast(int minimumReturns) {
        return returns >= minimumReturns && weight > 0;
    }

    /** Standard deviation over a year of {@code yearNanos}. */
    double perYear(long yearNanos) {
        return StrictMath.sqrt(variancePerSecond / weight * (yearNanos / Decay.NANOS_PER_SECOND));
    }

    private void restartAt(double price, long timeNanos) {
        lastPrice = price;
        lastTimeNanos = timeNanos;
        started = true;
    }
}

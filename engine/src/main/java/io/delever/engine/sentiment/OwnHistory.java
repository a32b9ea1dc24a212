package io.delever.engine.sentiment;

import java.util.OptionalDouble;

/**
 * Mean and variance of what a signal was, by time and forgotten with a half-life, and how unusual
 * its newest value is against what was before it (SGNL-003). O(1).
 */
final class OwnHistory {
    private static final int FEWEST = 30;
    private static final double NOTHING = 1e-18;

    private final long halfLifeNanos;
    private double mean;
    private double variance;
    private double value;
    private long timeNanos;
    private int seen;
    private double zScore;

    OwnHistory(long halfLifeNanos) {
        this.halfLifeNanos = halfLifeNanos;
    }

    /** A value that is older than the newest is left out. */
    void accept(double newValue, long nowNanos) {
        if (seen > 0 && nowNanos < timeNanos) {
            return;
        }
        if (seen == 0) {
            mean = newValue;
        } else {
            // What was before the new value is the old value, for as long as it stood.
            double kept = Decay.factor(nowNanos - timeNanos, halfLifeNanos);
            double off = value - mean;
            mean += (1 - kept) * off;
            variance = kept * (variance + (1 - kept) * off * off);
        }
        zScore = variance > NOTHING ? (newValue - mean) / StrictMath.sqrt(variance) : 0;
        value = newValue;
        timeNanos = nowNanos;
        seen++;
    }

    boolean isSeen() {
        return seen > 0;
    }

    double value() {
        return value;
    }

    long timeNanos() {
        return timeNanos;
    }

    /** Empty where too little was seen, or it never varied. */
    OptionalDouble zScore() {
        return seen > FEWEST && variance > NOTHING
                ? OptionalDouble.of(zScore)
                : OptionalDouble.empty();
    }
}

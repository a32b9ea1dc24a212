package io.delever.engine.sentiment;

/** Exponential forgetting in event time. */
final class Decay {
    static final double LN_2 = 0.6931471805599453;
    static final double NANOS_PER_SECOND = 1e9;

    private Decay() {}

    /**
     * What is left of a weight 1 after {@code elapsedNanos}: 2^(-elapsed / half-life), in 0 to 1.
     */
    static double factor(long elapsedNanos, long halfLifeNanos) {
        return StrictMath.exp(-LN_2 * elapsedNanos / halfLifeNanos);
    }
}

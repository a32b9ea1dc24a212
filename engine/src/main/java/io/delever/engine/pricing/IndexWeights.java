package io.delever.engine.pricing;

/** Where the weights of an index come from (PRIC-073). */
public sealed interface IndexWeights {
    /** Those of the definition. */
    record Fixed() implements IndexWeights {}

    /**
     * What was traded at each source lately, in its quote.
     *
     * @param windowNanos how far back, 1 s to 1 day
     */
    record TrailingVolume(long windowNanos) implements IndexWeights {
        private static final long LEAST_NANOS = 1_000_000_000L;
        private static final long MOST_NANOS = 86_400_000_000_000L;

        /** Refuses a window out of its range. */
        public TrailingVolume {
            if (windowNanos < LEAST_NANOS || windowNanos > MOST_NANOS) {
                throw new OutOfRangeException(
                        "volume_window_nanos",
                        "weights",
                        windowNanos,
                        LEAST_NANOS + " to " + MOST_NANOS);
            }
        }
    }
}

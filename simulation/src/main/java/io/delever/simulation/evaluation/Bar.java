package io.delever.simulation.evaluation;

/**
 * Prices of one stretch of time.
 *
 * @param startNanos when it begins
 * @param volume traded, in the base; 0 where it is not known
 */
record Bar(long startNanos, double open, double high, double low, double close, double volume) {
    /** The order in which the four prices are taken to have come: the nearer end last. */
    double[] path() {
        return close >= open
                ? new double[] {open, low, high, close}
                : new double[] {open, high, low, close};
    }
}

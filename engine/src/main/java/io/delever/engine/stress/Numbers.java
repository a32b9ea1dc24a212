package io.delever.engine.stress;

/** What a number of a model must be. */
final class Numbers {
    private Numbers() {}

    static void requireFinite(String what, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(what + ": " + value + ", must be a number");
        }
    }

    static void requireNotNegative(String what, double value) {
        if (!(value >= 0) || !Double.isFinite(value)) {
            throw new IllegalArgumentException(what + ": " + value + ", limit 0");
        }
    }

    static void requirePositive(String what, double value) {
        if (!(value > 0) || !Double.isFinite(value)) {
            throw new IllegalArgumentException(what + ": " + value + ", must be above 0");
        }
    }
}

package io.delever.engine.sentiment;

/**
 * What one signal adds to a score.
 *
 * @param signal which
 * @param value the signal's own value in {@link Signal#unit()}; finite; for people, nothing is
 *     decided on it
 * @param micros signed, in millionths of a score point
 */
public record Contribution(Signal signal, double value, long micros) {
    /** Refuses a value that is not finite. */
    public Contribution {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(signal.id() + " must be finite, got " + value);
        }
    }
}

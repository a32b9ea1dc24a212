package io.delever.engine.sentiment;

/** How loud an alert is (EWRN-008). */
public enum AlertLevel {
    /** Nothing to see. */
    NONE(0),
    /** Look at it. */
    WATCH(0.1),
    /** Prepare. */
    WARNING(0.25),
    /** Act. */
    CRITICAL(0.5);

    private static final double KEEP = 0.8;

    private final double from;

    AlertLevel(double from) {
        this.from = from;
    }

    /** The probability from which on it holds. */
    public double from() {
        return from;
    }

    /**
     * The level after a probability: it rises at once, and falls only below four fifths of where it
     * began, so that it does not flutter.
     *
     * @throws IllegalArgumentException unless the probability lies in 0 to 1
     */
    public AlertLevel after(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    "a probability must lie in 0 to 1, got " + probability);
        }
        AlertLevel highest = NONE;
        for (AlertLevel level : values()) {
            double border = level.compareTo(this) <= 0 ? level.from * KEEP : level.from;
            if (probability >= border) {
                highest = level;
            }
        }
        return highest;
    }
}

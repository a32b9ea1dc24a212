package io.delever.price.core;

/** One more instrument would be more than the service admits. */
public final class TooManyInstrumentsException extends RuntimeException {
    private final int limit;

    TooManyInstrumentsException(int limit) {
        super("instruments listed: %d, limit %d".formatted(limit, limit));
        this.limit = limit;
    }

    /** The most that may be listed. */
    public int limit() {
        return limit;
    }
}

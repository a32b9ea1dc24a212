package io.delever.margin.core;

import java.time.Instant;

/** Instants as nanoseconds since the Unix epoch. */
public final class Nanos {
    private Nanos() {}

    /** Exact until the year 2262; throws {@link ArithmeticException} beyond. */
    public static long of(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }
}

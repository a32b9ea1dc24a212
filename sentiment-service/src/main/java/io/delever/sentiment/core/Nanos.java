package io.delever.sentiment.core;

import java.time.Instant;
import java.time.InstantSource;

/** Instants as nanoseconds since the Unix epoch. */
public final class Nanos {
    private static final long PER_SECOND = 1_000_000_000L;

    private Nanos() {}

    /** The time now. */
    public static long now(InstantSource clock) {
        Instant now = clock.instant();
        return Math.addExact(Math.multiplyExact(now.getEpochSecond(), PER_SECOND), now.getNano());
    }
}

package io.delever.price.core;

import java.time.Instant;
import java.time.InstantSource;

/** Time as the engine wants it. */
public final class EpochNanos {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private EpochNanos() {}

    /** Nanoseconds since the Unix epoch, now. */
    public static long of(InstantSource clock) {
        Instant now = clock.instant();
        return Math.addExact(
                Math.multiplyExact(now.getEpochSecond(), NANOS_PER_SECOND), now.getNano());
    }
}

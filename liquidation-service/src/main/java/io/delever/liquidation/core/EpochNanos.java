package io.delever.liquidation.core;

import java.time.Instant;
import java.time.InstantSource;

/** Instants as nanoseconds since the Unix epoch. */
final class EpochNanos {
    private EpochNanos() {}

    static long now(InstantSource clock) {
        Instant now = clock.instant();
        return Math.addExact(
                Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
    }
}

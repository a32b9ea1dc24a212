package io.delever.price;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until a test moves it; it replaces the system's in the tests. */
@Singleton
public class TestClock implements InstantSource {
    private volatile Instant now = Instant.parse("2025-10-10T20:50:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    /** Moves time on. */
    public synchronized void advance(Duration by) {
        now = now.plus(by);
    }

    /** Now as the contract has it. */
    public long nanos() {
        Instant instant = instant();
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }
}

package io.delever.price;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Polls for a condition, for a bounded number of times. */
public final class Await {
    private static final Duration STEP = Duration.ofMillis(5);
    private static final int STEPS = 4_000;

    private Await() {}

    /** Fails with {@code what} where the condition does not come true. */
    public static void until(String what, BooleanSupplier condition) {
        for (int i = 0; i < STEPS; i++) {
            if (condition.getAsBoolean()) {
                return;
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
        throw new AssertionError("never came true: " + what);
    }
}

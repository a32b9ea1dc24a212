package io.delever.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition, never for a time: a bounded poll that says what did not happen. */
public final class Await {
    private static final long PAUSE_NANOS = 20_000_000;

    private Await() {}

    /**
     * Returns as soon as the condition holds.
     *
     * @param what names what is waited for, for the message of a failure
     * @param limit how long to wait at most
     * @throws AssertionError where the condition does not hold within the limit, with the last
     *     exception that it threw
     */
    public static void until(String what, Duration limit, Callable<Boolean> condition) {
        long end = System.nanoTime() + limit.toNanos();
        Throwable last = null;
        do {
            try {
                if (condition.call()) {
                    return;
                }
                last = null;
            } catch (Exception
                    | AssertionError e) { // Not yet: the condition may throw until it holds.
                last = e;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        } while (System.nanoTime() < end && !Thread.currentThread().isInterrupted());
        throw new AssertionError("not within " + limit + ": " + what, last);
    }
}

package io.delever.simulation.bench;

import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Several runs of the same thing. The best stands for the machine without its other load, the
 * median for the machine as it was.
 */
record Runs(double best, double median) {
    /** Runs it so often and takes the nanoseconds that it returns, divided by {@code perNanos}. */
    static Runs nanos(int times, double perNanos, LongSupplier run) {
        double[] sorted = sorted(times, run);
        return new Runs(sorted[0] / perNanos, sorted[times / 2] / perNanos);
    }

    /** The same as a rate: {@code work} of each run per second. */
    static Runs perSecond(int times, double work, LongSupplier run) {
        double[] sorted = sorted(times, run);
        return new Runs(work * 1e9 / sorted[0], work * 1e9 / sorted[times / 2]);
    }

    private static double[] sorted(int times, LongSupplier run) {
        double[] nanos = new double[times];
        for (int i = 0; i < times; i++) {
            nanos[i] = run.getAsLong();
        }
        Arrays.sort(nanos);
        return nanos;
    }
}

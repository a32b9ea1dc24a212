package io.delever.simulation.market;

import io.delever.engine.money.Rate;
import io.delever.simulation.scenario.VenueSpec;
import java.util.Arrays;
import java.util.List;

/**
 * How deep a book is over time: depth within 1, 2, 3, 4 and 5 % of the reference price, as a share
 * in ppm of what is shown within 5 % at the start of the scenario. One profile serves both sides of
 * every instrument.
 */
public final class DepthProfile {
    /** Number of bands, one for each percent. */
    public static final int BANDS = VenueSpec.BANDS;

    private final long[] fromNanos;
    private final long[][] cumulativePpm;

    /**
     * A profile from its steps.
     *
     * @param steps in ascending order of time, at least one
     */
    public DepthProfile(List<Step> steps) {
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a depth profile needs at least one step");
        }
        fromNanos = steps.stream().mapToLong(Step::fromNanos).toArray();
        cumulativePpm = steps.stream().map(Step::copy).toArray(long[][]::new);
    }

    /**
     * The profile that a scenario states.
     *
     * @param stated the steps
     * @param startNanos start of the scenario
     */
    public static DepthProfile of(VenueSpec.StatedDepth stated, long startNanos) {
        return new DepthProfile(
                stated.steps().stream()
                        .map(
                                step ->
                                        new Step(
                                                Math.addExact(startNanos, step.afterNanos()),
                                                step.cumulative().stream().map(Rate::ppm).toList()))
                        .toList());
    }

    /**
     * The bands at an instant; before the first step, the first step's.
     *
     * @param nanos nanoseconds since the Unix epoch
     * @return cumulative shares in ppm, ascending, five of them
     */
    public long[] at(long nanos) {
        int found = Arrays.binarySearch(fromNanos, nanos);
        int place = found >= 0 ? found : Math.max(0, -found - 2);
        return cumulativePpm[place].clone();
    }

    /**
     * The bands from one instant on.
     *
     * @param fromNanos nanoseconds since the Unix epoch
     * @param cumulative cumulative shares in ppm, ascending, five of them
     */
    public record Step(long fromNanos, List<Long> cumulative) {
        /** Checks number and order. */
        public Step {
            cumulative = List.copyOf(cumulative);
            if (cumulative.size() != BANDS) {
                throw new IllegalArgumentException("expected 5 bands, found " + cumulative.size());
            }
            long last = 0;
            for (long share : cumulative) {
                if (share < last) {
                    throw new IllegalArgumentException("depth falls with distance: " + cumulative);
                }
                last = share;
            }
        }

        private long[] copy() {
            return cumulative.stream().mapToLong(Long::longValue).toArray();
        }
    }
}

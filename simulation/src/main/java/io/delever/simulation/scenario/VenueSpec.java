package io.delever.simulation.scenario;

import io.delever.engine.money.Rate;
import java.util.List;

/**
 * How the paper venue's book looks.
 *
 * @param levelsPerPercent price levels in each percent of distance from the reference price, 1 to
 *     20
 * @param refillNanos market time in which an emptied side of the book is full again, above 0
 * @param depth how deep the book is over time
 */
public record VenueSpec(int levelsPerPercent, long refillNanos, DepthSpec depth) {
    /** Depth is given in this many bands, one for each percent of distance. */
    public static final int BANDS = 5;

    /** Where the depth over time comes from. */
    public sealed interface DepthSpec permits RecordedDepth, StatedDepth {}

    /** From the recorded depth file of the tape. */
    public record RecordedDepth() implements DepthSpec {}

    /**
     * Stated in the scenario.
     *
     * @param steps in ascending order of time, the first at 0
     */
    public record StatedDepth(List<DepthStep> steps) implements DepthSpec {
        /** Copies the list. */
        public StatedDepth {
            steps = List.copyOf(steps);
        }
    }

    /**
     * The book from one instant on.
     *
     * @param afterNanos since the start of the scenario
     * @param cumulative depth within 1, 2, 3, 4 and 5 % of the reference price as a share of the
     *     instrument's depth, ascending
     */
    public record DepthStep(long afterNanos, List<Rate> cumulative) {
        /** Copies the list. */
        public DepthStep {
            cumulative = List.copyOf(cumulative);
            if (cumulative.size() != BANDS) {
                throw new IllegalArgumentException(cumulative.size() + " shares, must be " + BANDS);
            }
            for (int band = 1; band < BANDS; band++) {
                if (cumulative.get(band).compareTo(cumulative.get(band - 1)) < 0) {
                    throw new IllegalArgumentException("depth falls with distance: " + cumulative);
                }
            }
        }
    }
}

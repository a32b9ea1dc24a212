package io.delever.engine.pricing;

import io.delever.engine.money.Rate;

/**
 * When a source that keeps sending one price counts as frozen (PRIC-076).
 *
 * @param afterNanos least time without a change, 1 ns to 1 day
 * @param move how far the others have gone in that time, above 0 and at most {@link
 *     IndexDefinition#MAXIMUM_OUTLIER_LIMIT_PPM}
 */
public record FrozenLimit(long afterNanos, Rate move) {
    /** Refuses a time or a move out of its range. */
    public FrozenLimit {
        if (afterNanos < 1 || afterNanos > IndexSource.MAXIMUM_STALENESS_NANOS) {
            throw new OutOfRangeException(
                    "frozen_after_nanos",
                    "method",
                    afterNanos,
                    "1 to " + IndexSource.MAXIMUM_STALENESS_NANOS);
        }
        if (move.ppm() < 1 || move.ppm() > IndexDefinition.MAXIMUM_OUTLIER_LIMIT_PPM) {
            throw new OutOfRangeException(
                    "frozen_move_ppm",
                    "method",
                    move.ppm(),
                    "1 to " + IndexDefinition.MAXIMUM_OUTLIER_LIMIT_PPM);
        }
    }
}

package io.delever.engine.pricing;

import io.delever.engine.money.Rate;

/**
 * When a price moves too fast to be acted on (GARD-010).
 *
 * @param windowNanos how far back moves are measured, 1 s to 1 hour
 * @param move greatest move within the window, above 0 and at most 1
 * @param coolDownNanos how long nothing is decided on the price afterwards, 1 ms to 10 minutes
 */
public record BreakerDefinition(long windowNanos, Rate move, long coolDownNanos) {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000_000_000L;

    /** Refuses what is out of its range. */
    public BreakerDefinition {
        require("breaker_window_nanos", windowNanos, SECOND, 3_600 * SECOND);
        require("breaker_move_ppm", move.ppm(), 1, Rate.ONE.ppm());
        require("cool_down_nanos", coolDownNanos, MILLI, 600 * SECOND);
    }

    private static void require(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw new OutOfRangeException(field, "breaker", value, least + " to " + most);
        }
    }
}

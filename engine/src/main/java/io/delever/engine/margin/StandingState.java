package io.delever.engine.margin;

import java.util.OptionalLong;

/**
 * The standing of one account.
 *
 * @param standing where it is
 * @param warningLevel how many warning levels it has passed since it was last healthy, 0 for none
 * @param deadlineNanos when a margin call turns into REDUCE_ONLY, or RECOVERED into HEALTHY; empty
 *     in every other standing
 */
public record StandingState(Standing standing, int warningLevel, OptionalLong deadlineNanos) {
    /** Of an account that nothing was asked of. */
    public static final StandingState HEALTHY =
            new StandingState(Standing.HEALTHY, 0, OptionalLong.empty());

    /** Refuses a deadline in a standing that has none, and the lack of one in one that has. */
    public StandingState {
        boolean hasDeadline =
                switch (standing) {
                    case MARGIN_CALL, RECOVERED -> true;
                    case HEALTHY, REDUCE_ONLY, LIQUIDATABLE, BANKRUPT -> false;
                };
        if (hasDeadline != deadlineNanos.isPresent()) {
            throw new IllegalArgumentException(
                    "a deadline of " + deadlineNanos + " does not fit " + standing);
        }
    }

    boolean isDue(long nowNanos) {
        return deadlineNanos.isPresent() && deadlineNanos.getAsLong() <= nowNanos;
    }
}

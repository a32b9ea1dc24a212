package io.delever.sentiment.core;

import io.delever.engine.stress.LiveLevels;
import java.util.List;

/**
 * The liquidation levels of the live accounts at one moment.
 *
 * @param accounts that were read
 * @param truncated whether the limit left some out
 */
public record LiveBook(LiveLevels levels, int accounts, boolean truncated, long eventTimeNanos) {
    /** Nothing was read yet. */
    static LiveBook none() {
        return new LiveBook(LiveLevels.of(List.of()), 0, false, 0);
    }
}

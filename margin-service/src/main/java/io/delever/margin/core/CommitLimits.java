package io.delever.margin.core;

import java.time.Duration;

/**
 * The limits of a shard's committer.
 *
 * @param maxBatch most entries in one commit
 * @param maxPending most entries and replies that wait for a commit; a command beyond is not taken
 * @param stallLimit after this long without an answer of the journal to a commit, new commands are
 *     not taken
 * @param retryMin first wait after a failed commit; doubles with each failure
 * @param retryMax longest wait between two attempts
 */
public record CommitLimits(
        int maxBatch, int maxPending, Duration stallLimit, Duration retryMin, Duration retryMax) {

    /** Refuses limits that cannot work. */
    public CommitLimits {
        if (maxBatch < 1 || maxPending < maxBatch) {
            throw new IllegalArgumentException(
                    "journal batch " + maxBatch + " must be 1 to the pending limit " + maxPending);
        }
        if (!stallLimit.isPositive()
                || !retryMin.isPositive()
                || retryMax.compareTo(retryMin) < 0) {
            throw new IllegalArgumentException(
                    "journal stall limit %s and retry waits %s to %s must be positive and ascending"
                            .formatted(stallLimit, retryMin, retryMax));
        }
    }
}

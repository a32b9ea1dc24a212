package io.delever.margin.core;

import java.time.Duration;

/**
 * The limits of the shards.
 *
 * @param count number of shards
 * @param queueCapacity most commands and reads that wait for one shard
 * @param maxOpenTransfers most transfers between shards that are on their way, for all shards
 *     together
 * @param retryAfter what a caller that was turned away is told to wait
 * @param commit the limits of each committer
 */
public record ShardLimits(
        int count,
        int queueCapacity,
        int maxOpenTransfers,
        Duration retryAfter,
        CommitLimits commit) {
    /** Refuses limits that cannot work. */
    public ShardLimits {
        if (count < 1 || count > 1024 || queueCapacity < 1 || maxOpenTransfers < 1) {
            throw new IllegalArgumentException(
                    "shard count %d must be 1 to 1024, queue capacity %d and open transfers %d at least 1"
                            .formatted(count, queueCapacity, maxOpenTransfers));
        }
    }
}

package io.delever.margin.core;

import java.util.Optional;

/**
 * How a shard is.
 *
 * @param replayed true once the journal was read to its end
 * @param running true while its thread serves
 * @param failure why it stopped for ever
 * @param stalled true while the journal does not take its entries
 * @param queueDepth commands and reads that wait
 * @param pendingCommits entries and replies that wait for a commit
 * @param appliedSequence newest entry in memory
 * @param durableSequence newest entry known to be durable
 */
public record ShardStatus(
        int shard,
        boolean replayed,
        boolean running,
        Optional<RuntimeException> failure,
        boolean stalled,
        int queueDepth,
        int pendingCommits,
        long appliedSequence,
        long durableSequence,
        long accounts) {}

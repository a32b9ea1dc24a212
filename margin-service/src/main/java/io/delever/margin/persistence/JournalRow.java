package io.delever.margin.persistence;

/** One row of {@code account_journal} but for its shard. The arrays are the row's own and are not changed. */
record JournalRow(
        long sequence, String commandId, long eventTimeNanos, byte[] entry, byte[] chain) {}

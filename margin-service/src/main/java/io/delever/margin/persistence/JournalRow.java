package io.delever.margin.persistence;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.sql.ResultSet;
import java.sql.SQLException;

/** One row of {@code account_journal} but for its shard. */
record JournalRow(
        long sequence, String commandId, long eventTimeNanos, ByteString entry, ByteString chain) {
    /** The columns of a row, in the order in which {@link #read} takes them. */
    static final String COLUMNS = "sequence, command_id, event_time_nanos, entry, chain";

    /** The row that the cursor stands on. */
    static JournalRow read(ResultSet rows) throws SQLException {
        return new JournalRow(
                rows.getLong(1),
                rows.getString(2),
                rows.getLong(3),
                UnsafeByteOperations.unsafeWrap(rows.getBytes(4)),
                UnsafeByteOperations.unsafeWrap(rows.getBytes(5)));
    }
}

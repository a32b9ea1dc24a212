package io.delever.margin.persistence;

import io.delever.margin.core.JournalEntry;
import io.delever.margin.core.JournalFencedException;
import io.delever.margin.core.JournalUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Writes the entries of one shard, a group in one statement and one commit.
 *
 * <p>After a failure it is not known whether the group was written: before it is written again the
 * journal is asked. What is there must be this very group, byte for byte by its hash chain;
 * anything else is another writer. JRNL-006.
 */
final class ShardWriter {
    private static final String UNIQUE_VIOLATION = "23505";

    private static final String INSERT =
            "WITH writer AS (SELECT 1 FROM shard_writer WHERE shard = ? AND epoch = ? FOR SHARE)"
                    + " INSERT INTO account_journal"
                    + " (shard, sequence, command_id, event_time_nanos, entry, chain)"
                    + " SELECT ?, ? + e.place, e.command_id, e.event_time_nanos, e.entry, e.chain"
                    + " FROM writer, unnest(?::text[], ?::bigint[], ?::bytea[], ?::bytea[])"
                    + " WITH ORDINALITY AS e (command_id, event_time_nanos, entry, chain, place)";

    /** A group as it is written. */
    private record Group(
            long first,
            List<String> commandIds,
            List<Long> eventTimes,
            List<byte[]> entries,
            List<byte[]> chain) {
        int size() {
            return commandIds.size();
        }
    }

    private enum Found {
        NOTHING,
        THIS_GROUP
    }

    private final int shard;
    private final DataSource dataSource;
    private final HashChain chain;
    private Connection connection;
    private boolean connected;
    private boolean uncertain;

    ShardWriter(int shard, DataSource dataSource, HashChain chain) {
        this.shard = shard;
        this.dataSource = dataSource;
        this.chain = chain;
    }

    synchronized void append(long epoch, List<JournalEntry> batch) {
        Group group = groupOf(batch);
        try {
            connect();
            if (!uncertain || find(group) == Found.NOTHING) {
                uncertain = true;
                write(epoch, group);
            }
            uncertain = false;
            chain.moveTo(group.chain().getLast());
        } catch (SQLException e) {
            close();
            throw new JournalUnavailableException(
                    "writing %d entries of shard %d from sequence %d failed: %s"
                            .formatted(batch.size(), shard, group.first(), e.getMessage()),
                    e);
        }
    }

    synchronized void close() {
        if (!connected) {
            return;
        }
        connected = false;
        try {
            connection.close();
        } catch (SQLException e) {
            // The session is gone, which is what closing is for.
            connected = false;
        }
    }

    private void connect() throws SQLException {
        if (!connected) {
            connection = dataSource.getConnection();
            connected = true;
        }
    }

    private Group groupOf(List<JournalEntry> batch) {
        List<byte[]> entries = batch.stream().map(EntryCodec::encode).toList();
        long first = batch.getFirst().sequence();
        for (int i = 0; i < batch.size(); i++) {
            if (batch.get(i).sequence() != first + i || batch.get(i).shard() != shard) {
                throw new IllegalArgumentException(
                        "entry %d of shard %d does not follow sequence %d of shard %d"
                                .formatted(
                                        batch.get(i).sequence(),
                                        batch.get(i).shard(),
                                        first + i - 1,
                                        shard));
            }
        }
        return new Group(
                first,
                batch.stream().map(JournalEntry::commandId).toList(),
                batch.stream().map(JournalEntry::eventTimeNanos).toList(),
                entries,
                chain.preview(entries));
    }

    private void write(long epoch, Group group) throws SQLException {
        int written;
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setInt(1, shard);
            insert.setLong(2, epoch);
            insert.setInt(3, shard);
            insert.setLong(4, group.first() - 1);
            insert.setArray(5, connection.createArrayOf("text", group.commandIds().toArray()));
            insert.setArray(6, connection.createArrayOf("bigint", group.eventTimes().toArray()));
            insert.setArray(
                    7, connection.createArrayOf("bytea", group.entries().toArray(byte[][]::new)));
            insert.setArray(
                    8, connection.createArrayOf("bytea", group.chain().toArray(byte[][]::new)));
            written = insert.executeUpdate();
        } catch (SQLException e) {
            if (UNIQUE_VIOLATION.equals(e.getSQLState()) && find(group) == Found.THIS_GROUP) {
                // An attempt whose outcome we never learnt was still on its way when we looked for
                // it.
                return;
            }
            throw e;
        }
        if (written == 0) {
            throw new JournalFencedException(
                    "shard %d was taken over: epoch %d is no longer the writer's"
                            .formatted(shard, epoch));
        }
        if (written != group.size()) {
            throw new IllegalStateException(
                    "%d entries of shard %d were written in place of %d"
                            .formatted(written, shard, group.size()));
        }
    }

    private Found find(Group group) throws SQLException {
        List<JournalRow> rows = new ArrayList<>();
        try (var select =
                connection.prepareStatement(
                        "SELECT sequence, command_id, event_time_nanos, entry, chain FROM"
                            + " account_journal WHERE shard = ? AND sequence >= ? ORDER BY sequence"
                            + " LIMIT ?")) {
            select.setInt(1, shard);
            select.setLong(2, group.first());
            select.setInt(3, group.size() + 1);
            try (var found = select.executeQuery()) {
                while (found.next()) {
                    rows.add(JournalRow.read(found));
                }
            }
        }
        if (rows.isEmpty()) {
            return Found.NOTHING;
        }
        if (!isExactly(group, rows)) {
            throw new JournalFencedException(
                    "shard %d: the journal holds foreign entries from sequence %d on (%s); another process writes it"
                            .formatted(
                                    shard,
                                    group.first(),
                                    rows.stream()
                                            .limit(3)
                                            .map(row -> row.sequence() + " " + row.commandId())
                                            .collect(Collectors.joining(", "))));
        }
        return Found.THIS_GROUP;
    }

    private static boolean isExactly(Group group, List<JournalRow> rows) {
        if (rows.size() != group.size()) {
            return false;
        }
        for (int i = 0; i < group.size(); i++) {
            if (rows.get(i).sequence() != group.first() + i
                    || !Arrays.equals(rows.get(i).chain().toByteArray(), group.chain().get(i))) {
                return false;
            }
        }
        return true;
    }
}

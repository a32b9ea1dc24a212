package io.delever.margin.persistence;

import io.delever.margin.core.AccountJournal;
import io.delever.margin.core.JournalClaim;
import io.delever.margin.core.JournalCorruptException;
import io.delever.margin.core.JournalEntry;
import io.delever.margin.core.JournalFencedException;
import io.delever.margin.core.JournalUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * The journal in PostgreSQL.
 *
 * <p>One writer: a session advisory lock keeps a second process away while this one lives, and an
 * epoch for each shard, checked and locked by every append, fences this one once another has taken
 * over. So a process that only believes to be the writer can do no harm. JRNL-007, JRNL-008.
 */
public final class PostgresAccountJournal implements AccountJournal {
    private static final int FETCH_SIZE = 2_000;

    private final DataSource dataSource;
    private final String owner;
    private final int shardCount;
    private final Map<Integer, ShardWriter> writers = new ConcurrentHashMap<>();
    private final Map<Integer, Long> epochs = new TreeMap<>();
    private final WriterLock lock;

    /**
     * A journal that claims nothing yet.
     *
     * @param owner names this process to a person who looks for the holder
     */
    public PostgresAccountJournal(DataSource dataSource, String owner, int shardCount) {
        this.dataSource = dataSource;
        this.owner = owner;
        this.shardCount = shardCount;
        this.lock = new WriterLock(dataSource);
    }

    @Override
    public synchronized JournalClaim claim() {
        if (!lock.hold()) {
            return new JournalClaim.HeldByOther(currentOwner());
        }
        if (epochs.isEmpty()) {
            takeOver();
        } else {
            confirmEpochs();
        }
        return new JournalClaim.Granted();
    }

    @Override
    public void replay(int shard, Consumer<JournalEntry> consumer) {
        HashChain chain = new HashChain();
        long[] last = {0};
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            try (var select =
                    connection.prepareStatement(
                            "SELECT "
                                    + JournalRow.COLUMNS
                                    + " FROM account_journal WHERE shard = ? ORDER BY sequence")) {
                select.setFetchSize(FETCH_SIZE);
                select.setInt(1, shard);
                try (var rows = select.executeQuery()) {
                    while (rows.next()) {
                        JournalRow row = JournalRow.read(rows);
                        consumer.accept(checked(shard, row, last[0] + 1, chain));
                        last[0] = row.sequence();
                    }
                }
            } finally {
                connection.rollback();
                connection.setReadOnly(false);
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new JournalUnavailableException(
                    "reading the journal of shard %d after sequence %d failed: %s"
                            .formatted(shard, last[0], e.getMessage()),
                    e);
        }
        writers.put(shard, new ShardWriter(shard, dataSource, chain));
    }

    @Override
    public void append(int shard, List<JournalEntry> batch) {
        ShardWriter writer = writers.get(shard);
        if (writer == null) {
            throw new IllegalStateException("shard " + shard + " was not replayed before writing");
        }
        writer.append(epochOf(shard), batch);
    }

    @Override
    public synchronized void release() {
        writers.values().forEach(ShardWriter::close);
        lock.release();
    }

    private synchronized long epochOf(int shard) {
        Long epoch = epochs.get(shard);
        if (epoch == null) {
            throw new IllegalStateException("shard " + shard + " was not claimed before writing");
        }
        return epoch;
    }

    private static JournalEntry checked(
            int shard, JournalRow row, long expectedSequence, HashChain chain) {
        if (row.sequence() != expectedSequence) {
            throw new JournalCorruptException(
                    "journal of shard %d: sequence %d stands where %d is expected"
                            .formatted(shard, row.sequence(), expectedSequence));
        }
        if (!chain.extendAndVerify(row.entry().toByteArray(), row.chain().toByteArray())) {
            throw new JournalCorruptException(
                    "journal of shard %d, sequence %d: the hash chain is broken"
                            .formatted(shard, row.sequence()));
        }
        JournalEntry entry = EntryCodec.decode(row.entry().toByteArray());
        if (entry.shard() != shard
                || entry.sequence() != row.sequence()
                || entry.eventTimeNanos() != row.eventTimeNanos()
                || !entry.commandId().equals(row.commandId())) {
            throw new JournalCorruptException(
                    "journal of shard %d, sequence %d: the columns contradict the entry %d of shard %d, command %s"
                            .formatted(
                                    shard,
                                    row.sequence(),
                                    entry.sequence(),
                                    entry.shard(),
                                    entry.commandId()));
        }
        return entry;
    }

    private void takeOver() {
        Map<Integer, Long> taken = new TreeMap<>();
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (var upsert =
                    connection.prepareStatement(
                            "INSERT INTO shard_writer AS w (shard, epoch, owner, taken_at)"
                                    + " VALUES (?, 1, ?, now()) ON CONFLICT (shard) DO UPDATE"
                                    + " SET epoch = w.epoch + 1, owner = excluded.owner,"
                                    + " taken_at = excluded.taken_at RETURNING epoch")) {
                for (int shard = 0; shard < shardCount; shard++) {
                    upsert.setInt(1, shard);
                    upsert.setString(2, owner);
                    try (var row = upsert.executeQuery()) {
                        row.next();
                        taken.put(shard, row.getLong(1));
                    }
                }
                connection.commit();
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new JournalUnavailableException(
                    "taking over the journal failed: " + e.getMessage(), e);
        }
        epochs.putAll(taken);
    }

    private void confirmEpochs() {
        try (Connection connection = dataSource.getConnection();
                var select =
                        connection.prepareStatement(
                                "SELECT shard, epoch, owner FROM shard_writer");
                var rows = select.executeQuery()) {
            while (rows.next()) {
                Long mine = epochs.get(rows.getInt(1));
                if (mine != null && mine != rows.getLong(2)) {
                    throw new JournalFencedException(
                            "shard %d was taken over by %s in epoch %d; this process had epoch %d"
                                    .formatted(
                                            rows.getInt(1),
                                            rows.getString(3),
                                            rows.getLong(2),
                                            mine));
                }
            }
        } catch (SQLException e) {
            throw new JournalUnavailableException(
                    "checking the claim on the journal failed: " + e.getMessage(), e);
        }
    }

    private String currentOwner() {
        try (Connection connection = dataSource.getConnection();
                var select =
                        connection.prepareStatement(
                                "SELECT owner, taken_at FROM shard_writer ORDER BY shard LIMIT 1");
                var rows = select.executeQuery()) {
            return rows.next()
                    ? rows.getString(1) + " since " + rows.getObject(2)
                    : "a process that has not written its name yet";
        } catch (SQLException e) {
            throw new JournalUnavailableException(
                    "reading the holder of the journal failed: " + e.getMessage(), e);
        }
    }
}

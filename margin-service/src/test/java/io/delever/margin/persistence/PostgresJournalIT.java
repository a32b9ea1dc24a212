package io.delever.margin.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.delever.margin.core.AccountJournal;
import io.delever.margin.core.AccountJournalContract;
import io.delever.margin.core.JournalCorruptException;
import io.delever.margin.core.JournalEntry;
import io.delever.margin.core.JournalFencedException;
import io.delever.margin.core.JournalUnavailableException;
import io.delever.testing.Covers;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

final class PostgresJournalIT extends AccountJournalContract {
    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static EmbeddedPostgres postgres;

    private final List<AccountJournal> processes = new ArrayList<>();
    private DataSource database;
    private CuttingProxy proxy;

    @BeforeAll
    static void startPostgres() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void createDatabase() throws SQLException, IOException {
        String name = "journal" + DATABASES.incrementAndGet();
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        database = postgres.getDatabase("postgres", name);
        Flyway.configure().dataSource(database).load().migrate();
        proxy = new CuttingProxy(postgres.getPort());
    }

    @AfterEach
    void end() throws IOException {
        processes.forEach(AccountJournal::release);
        proxy.close();
    }

    @Override
    protected AccountJournal process() {
        AccountJournal journal = new PostgresAccountJournal(database, "a test", 2);
        processes.add(journal);
        return journal;
    }

    @Override
    protected void kill(AccountJournal process) {
        // The server frees the lock when the session ends; what the process believes stays.
        process.release();
    }

    @Test
    @Covers("JRNL-006")
    void aCommitWhoseAnswerWasLostIsNotWrittenTwice() throws SQLException {
        AccountJournal journal = writerThroughProxy();
        journal.append(1, entries(1, 3));
        proxy.cutAtNextAnswer();
        List<JournalEntry> group = entries(4, 40);

        assertThatExceptionOfType(JournalUnavailableException.class)
                .isThrownBy(() -> journal.append(1, group));
        assertThat(rowCount()).as("the commit took effect, only its answer was lost").isEqualTo(43);
        proxy.restore();
        journal.append(1, group);
        journal.append(1, entries(44, 2));

        assertThat(replayed(process(), 1)).isEqualTo(entries(1, 45));
    }

    @Test
    @Covers("JRNL-006")
    void aGroupThatNeverArrivedIsWrittenAgain() throws SQLException {
        AccountJournal journal = writerThroughProxy();
        journal.append(1, entries(1, 3));
        proxy.refuse();

        assertThatExceptionOfType(JournalUnavailableException.class)
                .isThrownBy(() -> journal.append(1, entries(4, 5)));
        assertThatExceptionOfType(JournalUnavailableException.class)
                .isThrownBy(() -> journal.append(1, entries(4, 5)));
        assertThat(rowCount()).isEqualTo(3);
        proxy.restore();
        journal.append(1, entries(4, 5));

        assertThat(replayed(process(), 1)).isEqualTo(entries(1, 8));
    }

    @Test
    @Covers("JRNL-008")
    void foreignEntriesStopTheWriter() throws SQLException {
        AccountJournal journal = writer();
        journal.append(1, entries(1, 2));
        execute(
                "INSERT INTO account_journal SELECT shard, 3, 'foreign', event_time_nanos, entry,"
                        + " chain FROM account_journal WHERE sequence = 2");

        assertThatExceptionOfType(JournalFencedException.class)
                .isThrownBy(() -> journal.append(1, entries(3, 2)))
                .withMessageContaining("foreign");
        assertThat(rowCount()).isEqualTo(3);
    }

    @Test
    @Covers("JRNL-005")
    void aBrokenChainIsFound() throws SQLException {
        AccountJournal journal = writer();
        journal.append(1, entries(1, 4));
        tamper("UPDATE account_journal SET entry = entry || '\\x00' WHERE sequence = 3");

        assertThatExceptionOfType(JournalCorruptException.class)
                .isThrownBy(() -> replayed(process(), 1))
                .withMessageContaining("sequence 3");
    }

    @Test
    @Covers("JRNL-005")
    void aGapIsFound() throws SQLException {
        AccountJournal journal = writer();
        journal.append(1, entries(1, 4));
        tamper("DELETE FROM account_journal WHERE sequence = 2");

        assertThatExceptionOfType(JournalCorruptException.class)
                .isThrownBy(() -> replayed(process(), 1))
                .withMessageContaining("sequence 3 stands where 2 is expected");
    }

    @Test
    @Covers("JRNL-005")
    void anEntryThatDoesNotParseIsFound() throws SQLException {
        AccountJournal journal = writer();
        journal.append(1, entries(1, 1));
        tamper(
                "UPDATE account_journal SET entry = '\\xff',"
                        + " chain = sha256(decode(repeat('00', 32), 'hex') || '\\xff')");

        assertThatExceptionOfType(JournalCorruptException.class)
                .isThrownBy(() -> replayed(process(), 1))
                .withMessageContaining("does not parse");
    }

    @Test
    @Covers("JRNL-005")
    void theDatabaseRefusesToChangeWhatWasWritten() {
        writer().append(1, entries(1, 1));

        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> execute("DELETE FROM account_journal"))
                .withMessageContaining("append-only");
    }

    private AccountJournal writerThroughProxy() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(
                "jdbc:postgresql://127.0.0.1:%d/journal%d?connectTimeout=2&socketTimeout=5"
                        .formatted(proxy.port(), DATABASES.get()));
        source.setUser("postgres");
        source.setPassword("postgres");
        AccountJournal journal = new PostgresAccountJournal(source, "behind a proxy", 2);
        processes.add(journal);
        journal.claim();
        journal.replay(0, entry -> {});
        journal.replay(1, entry -> {});
        return journal;
    }

    private void tamper(String sql) throws SQLException {
        execute("ALTER TABLE account_journal DISABLE TRIGGER ALL");
        execute(sql);
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long rowCount() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM account_journal")) {
            row.next();
            return row.getLong(1);
        }
    }
}

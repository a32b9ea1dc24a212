package io.delever.liquidation.persistence;

import io.delever.engine.liquidation.CaseEvent;
import io.delever.engine.liquidation.CaseOutcome;
import io.delever.engine.liquidation.FundEvent;
import io.delever.engine.liquidation.LedgerEntry;
import io.delever.engine.liquidation.LiquidationCase;
import io.delever.liquidation.core.CaseCommit;
import io.delever.liquidation.core.CommittedElsewhereException;
import io.delever.liquidation.core.UnreachableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import javax.sql.DataSource;

/**
 * Writes events, the case's row, ledger entries and reservations, all in one transaction or none
 * (LSVC-010).
 */
final class CommitWriter {
    private static final String UNIQUE_VIOLATION = "23505";

    private final DataSource database;

    CommitWriter(DataSource database) {
        this.database = database;
    }

    void commit(CaseCommit commit) {
        inTransaction(
                connection -> {
                    writeCase(connection, commit);
                    writeEvents(connection, commit);
                    writeFund(connection, commit.fundEvents(), commit.entriesBefore());
                });
    }

    void commitFund(List<FundEvent> events, long entriesBefore) {
        inTransaction(connection -> writeFund(connection, events, entriesBefore));
    }

    @FunctionalInterface
    private interface Work {
        void on(Connection connection) throws SQLException;
    }

    private void inTransaction(Work work) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                work.on(connection);
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                rollback(connection, e);
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
                throw new CommittedElsewhereException("already there: " + e.getMessage(), e);
            }
            throw new UnreachableException(
                    UnreachableException.Peer.STORE, "the database did not take a commit", e);
        }
    }

    private static void rollback(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static void writeCase(Connection connection, CaseCommit commit) throws SQLException {
        boolean first = commit.eventsBefore() == 0;
        String sql =
                first
                        ? "insert into liquidation_case (state, outcome, updated_at_nanos,"
                                + " closed_notional_e8, fee_e8, fund_paid_e8, adl_notional_e8,"
                                + " event_count, case_id, account_id, opened_at_nanos,"
                                + " equity_at_open_e8, maintenance_margin_at_open_e8) values (?, ?,"
                                + " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        : "update liquidation_case set state = ?, outcome = ?, updated_at_nanos ="
                                + " ?, closed_notional_e8 = ?, fee_e8 = ?, fund_paid_e8 = ?,"
                                + " adl_notional_e8 = ?, event_count = ? where case_id = ? and"
                                + " event_count = ?";
        LiquidationCase after = commit.after();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, after.state().name());
            if (after.outcome().isPresent()) {
                statement.setString(2, after.outcome().map(CaseOutcome::name).orElseThrow());
            } else {
                statement.setNull(2, Types.VARCHAR);
            }
            statement.setLong(3, after.updatedAtNanos());
            statement.setLong(4, after.totals().closedNotional().e8());
            statement.setLong(5, after.totals().fee().e8());
            statement.setLong(6, after.totals().fundPaid().e8());
            statement.setLong(7, after.totals().adlNotional().e8());
            statement.setInt(8, commit.eventsBefore() + commit.events().size());
            statement.setString(9, after.id().value());
            if (first) {
                statement.setString(10, after.account().value());
                statement.setLong(11, after.openedAtNanos());
                statement.setLong(12, after.equityAtOpen().e8());
                statement.setLong(13, after.maintenanceMarginAtOpen().e8());
            } else {
                statement.setInt(10, commit.eventsBefore());
            }
            if (statement.executeUpdate() != 1) {
                throw new CommittedElsewhereException(
                        "case " + after.id() + " has not " + commit.eventsBefore() + " events");
            }
        }
    }

    private static void writeEvents(Connection connection, CaseCommit commit) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "insert into case_event (case_id, sequence, kind, event_time_nanos,"
                                + " payload) values (?, ?, ?, ?, ?)")) {
            int sequence = commit.eventsBefore();
            for (CaseEvent event : commit.events()) {
                sequence++;
                CaseEventCodec.Encoded encoded = CaseEventCodec.encode(event);
                statement.setString(1, commit.after().id().value());
                statement.setInt(2, sequence);
                statement.setString(3, encoded.kind());
                statement.setLong(4, event.timeNanos());
                statement.setString(5, encoded.payload());
                statement.addBatch();
            }
            run(statement);
        }
    }

    private static void writeFund(Connection connection, List<FundEvent> events, long entriesBefore)
            throws SQLException {
        long sequence = entriesBefore;
        for (FundEvent event : events) {
            switch (event) {
                case FundEvent.EntryPosted(LedgerEntry entry) -> {
                    sequence++;
                    insertEntry(connection, sequence, entry);
                }
                case FundEvent.FundReserved held -> insertReservation(connection, held);
                case FundEvent.FundReleased(String reservationId) ->
                        deleteReservation(connection, reservationId);
            }
        }
    }

    private static void insertEntry(Connection connection, long sequence, LedgerEntry entry)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "insert into ledger_entry (sequence, entry_id, debit_account,"
                                + " credit_account, asset_id, amount_e8, case_id, event_time_nanos)"
                                + " values (?, ?, ?, ?, ?, ?, ?, ?)")) {
            statement.setLong(1, sequence);
            statement.setString(2, entry.entryId());
            statement.setString(3, entry.debit().name());
            statement.setString(4, entry.credit().name());
            statement.setString(5, entry.asset().value());
            statement.setLong(6, entry.amount().e8());
            statement.setString(7, entry.caseId());
            statement.setLong(8, entry.eventTimeNanos());
            statement.addBatch();
            run(statement);
        }
    }

    private static void insertReservation(Connection connection, FundEvent.FundReserved held)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "insert into fund_reservation (reservation_id, asset_id, amount_e8) values"
                                + " (?, ?, ?)")) {
            statement.setString(1, held.reservationId());
            statement.setString(2, held.asset().value());
            statement.setLong(3, held.amount().e8());
            statement.addBatch();
            run(statement);
        }
    }

    private static void deleteReservation(Connection connection, String reservationId)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "delete from fund_reservation where reservation_id = ?")) {
            statement.setString(1, reservationId);
            statement.addBatch();
            run(statement);
        }
    }

    /** Every row is written once, or the whole commit fails. */
    private static void run(PreparedStatement statement) throws SQLException {
        for (int rows : statement.executeBatch()) {
            if (rows != 1 && rows != PreparedStatement.SUCCESS_NO_INFO) {
                throw new CommittedElsewhereException("a row of a commit was not written");
            }
        }
    }
}

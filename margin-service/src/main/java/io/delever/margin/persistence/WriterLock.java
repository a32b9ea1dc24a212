package io.delever.margin.persistence;

import io.delever.margin.core.JournalUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The advisory lock of the one writing process, held by a database session of its own. The server
 * frees it when the session ends, so a process that was killed blocks nobody.
 */
final class WriterLock {
    /** "DELEVERJ" in ASCII: the same number in every version. */
    private static final long KEY = 0x44454C455645524AL;

    private static final int CHECK_SECONDS = 2;

    private final DataSource dataSource;
    private Connection session;
    private boolean held;

    WriterLock(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Takes the lock or confirms it; false where another session holds it. */
    boolean hold() {
        try {
            if (held && session.isValid(CHECK_SECONDS)) {
                return true;
            }
            release();
            Connection connection = dataSource.getConnection();
            try (var statement = connection.createStatement()) {
                // So that the server notices within seconds that this machine is gone.
                statement.execute("SET tcp_keepalives_idle = 5");
                statement.execute("SET tcp_keepalives_interval = 2");
                statement.execute("SET tcp_keepalives_count = 3");
                try (var row = statement.executeQuery("SELECT pg_try_advisory_lock(" + KEY + ")")) {
                    row.next();
                    held = row.getBoolean(1);
                }
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            if (held) {
                session = connection;
            } else {
                connection.close();
            }
            return held;
        } catch (SQLException e) {
            throw new JournalUnavailableException(
                    "taking the writer lock failed: " + e.getMessage(), e);
        }
    }

    void release() {
        if (!held) {
            return;
        }
        held = false;
        try (Connection connection = session;
                var statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_unlock(" + KEY + ")");
        } catch (SQLException e) {
            // A session that cannot be reached holds no lock either: the server frees it when the
            // session ends.
            held = false;
        }
    }
}

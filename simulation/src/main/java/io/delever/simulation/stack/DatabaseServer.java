package io.delever.simulation.stack;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * PostgreSQL with one database for each service: the embedded one, whose files stay in the stack's
 * folder, or a server that the operator names.
 */
final class DatabaseServer implements AutoCloseable {
    private static final String ADMIN = "postgres";

    /** Held, because a logger that nobody holds forgets its level. */
    private static final Logger STARTER = Logger.getLogger("io.zonky");

    static {
        STARTER.setLevel(Level.WARNING);
    }

    private final Optional<EmbeddedPostgres> embedded;
    private final String serverUrl;
    private final String user;
    private final String password;

    private DatabaseServer(
            Optional<EmbeddedPostgres> embedded, String serverUrl, String user, String password) {
        this.embedded = embedded;
        this.serverUrl = serverUrl;
        this.user = user;
        this.password = password;
    }

    /** Starts the embedded server: durable commits, loopback only, a free port. */
    static DatabaseServer embedded(Path files, Path log) {
        try {
            EmbeddedPostgres server =
                    EmbeddedPostgres.builder()
                            .setPort(Ports.free(1).getFirst())
                            .setDataDirectory(files)
                            .setCleanDataDirectory(false)
                            .setRegisterShutdownHook(false)
                            .setServerConfig("fsync", "on")
                            .setServerConfig("full_page_writes", "on")
                            .setServerConfig("synchronous_commit", "on")
                            .setServerConfig("max_connections", "100")
                            .setServerConfig("listen_addresses", "127.0.0.1")
                            .setPGStartupWait(Duration.ofSeconds(60))
                            .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start();
            return new DatabaseServer(
                    Optional.of(server),
                    "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/",
                    ADMIN,
                    ADMIN);
        } catch (IOException | IllegalStateException e) {
            throw new StackException(
                    "PostgreSQL did not start on "
                            + files
                            + ": "
                            + e.getMessage()
                            + "\n"
                            + LogTail.of(log),
                    e);
        }
    }

    /**
     * Uses a server that runs already.
     *
     * @param url {@code jdbc:postgresql://HOST:PORT/} or with a database, in which case databases
     *     are made beside it
     */
    static DatabaseServer external(String url, String user, String password) {
        int path = url.indexOf('/', "jdbc:postgresql://".length());
        if (!url.startsWith("jdbc:postgresql://") || path < 0) {
            throw new StackException(
                    "database URL \"" + url + "\" is not of the form jdbc:postgresql://HOST:PORT/");
        }
        return new DatabaseServer(Optional.empty(), url.substring(0, path + 1), user, password);
    }

    /** The database of a service, made where it is absent. */
    Database database(ServiceName service) {
        String name = "delever_" + service.shortName();
        try (Connection connection =
                DriverManager.getConnection(serverUrl + ADMIN, user, password)) {
            if (!exists(connection, name)) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("create database " + name);
                }
            }
        } catch (SQLException e) {
            throw new StackException(
                    "database "
                            + name
                            + " at "
                            + serverUrl
                            + " cannot be made ready: "
                            + e.getMessage(),
                    e);
        }
        return new Database(serverUrl + name, user, password);
    }

    /** The process of the embedded server. */
    Optional<ProcessHandle> process() {
        return embedded.map(server -> server.getProcess().toHandle());
    }

    @Override
    public void close() {
        embedded.ifPresent(
                server -> {
                    try {
                        server.close();
                    } catch (IOException e) {
                        throw new StackException("PostgreSQL did not stop: " + e.getMessage(), e);
                    }
                });
    }

    private static boolean exists(Connection connection, String name) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select 1 from pg_database where datname = ?")) {
            query.setString(1, name);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }
}

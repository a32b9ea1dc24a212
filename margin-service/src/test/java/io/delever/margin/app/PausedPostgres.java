package io.delever.margin.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** A PostgreSQL all of whose processes stand still: connections stay open and nothing answers. */
final class PausedPostgres implements AutoCloseable {
    private final List<Long> processes;

    private PausedPostgres(List<Long> processes) {
        this.processes = processes;
    }

    static PausedPostgres pause(DataSource database) throws SQLException, IOException {
        long postmaster = postmasterOf(database);
        // The postmaster first, so that it starts no new process meanwhile.
        signal("-STOP", List.of(postmaster));
        List<Long> all = new ArrayList<>(List.of(postmaster));
        try (Stream<ProcessHandle> children =
                ProcessHandle.of(postmaster).orElseThrow().descendants()) {
            children.map(ProcessHandle::pid).forEach(all::add);
        }
        signal("-STOP", all);
        return new PausedPostgres(all);
    }

    int processCount() {
        return processes.size();
    }

    @Override
    public void close() throws IOException {
        signal("-CONT", processes);
    }

    private static long postmasterOf(DataSource database) throws SQLException, IOException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SHOW data_directory")) {
            row.next();
            Path pidFile = Path.of(row.getString(1), "postmaster.pid");
            return Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        }
    }

    private static void signal(String signal, List<Long> processes) throws IOException {
        List<String> command = new ArrayList<>(List.of("kill", signal));
        processes.forEach(pid -> command.add(Long.toString(pid)));
        int exit = new ProcessBuilder(command).start().onExit().join().exitValue();
        if (exit != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + exit);
        }
    }
}

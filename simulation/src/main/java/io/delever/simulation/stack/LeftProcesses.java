package io.delever.simulation.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Finds and ends what an earlier stack left running because its parent was killed. A process counts
 * as left only when its id and the instant of its start are the ones written down, so a stranger
 * that got the same id is never touched.
 */
final class LeftProcesses {
    private static final Duration GRACE = Duration.ofSeconds(20);

    private LeftProcesses() {}

    /** Writes the processes of the running stack down, one line each: id and start. */
    static void remember(StackFolder folder, List<ProcessHandle> processes) {
        List<String> lines = new ArrayList<>();
        for (ProcessHandle process : processes) {
            process.info()
                    .startInstant()
                    .ifPresent(start -> lines.add(process.pid() + " " + start.toEpochMilli()));
        }
        try {
            Files.write(folder.processes(), lines);
        } catch (IOException e) {
            throw new StackException(folder.processes() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Ends the services written down by an earlier stack.
     *
     * @return how many were still there
     */
    static int stopServices(StackFolder folder) {
        Path file = folder.processes();
        if (!Files.exists(file)) {
            return 0;
        }
        int stopped = 0;
        try {
            for (String line : Files.readAllLines(file)) {
                Optional<ProcessHandle> left = parse(line);
                if (left.isPresent()) {
                    left.get().destroy();
                    await(left.get());
                    stopped++;
                }
            }
            Files.delete(file);
        } catch (IOException e) {
            throw new StackException(file + ": " + e.getMessage(), e);
        }
        return stopped;
    }

    /**
     * Ends a PostgreSQL that still runs on these files.
     *
     * @return its process id where there was one
     */
    static Optional<Long> stopPostmaster(Path postgres) {
        Path file = postgres.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(file);
            long pid = Long.parseLong(lines.getFirst().strip());
            Optional<ProcessHandle> left =
                    ProcessHandle.of(pid).filter(handle -> isPostgresOf(handle, lines));
            if (left.isEmpty()) {
                return Optional.empty();
            }
            interrupt(pid);
            await(left.get());
            return Optional.of(pid);
        } catch (IOException | NumberFormatException e) {
            throw new StackException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * The third line of postmaster.pid is the start in seconds; PostgreSQL itself was started a
     * moment earlier.
     */
    private static boolean isPostgresOf(ProcessHandle handle, List<String> lines) {
        boolean named =
                handle.info().command().map(Path::of).map(Path::getFileName).stream()
                        .anyMatch(name -> name.toString().startsWith("postgres"));
        if (!named || lines.size() < 3) {
            return false;
        }
        long written = Long.parseLong(lines.get(2).strip());
        return handle.info()
                .startInstant()
                .map(Instant::getEpochSecond)
                .filter(started -> Math.abs(written - started) <= 60)
                .isPresent();
    }

    /** SIGINT is PostgreSQL's fast shutdown; a plain SIGTERM would wait for its clients. */
    private static void interrupt(long pid) throws IOException {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(pid)).start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while stopping process " + pid, e);
        }
    }

    private static Optional<ProcessHandle> parse(String line) {
        String[] parts = line.split(" ", -1);
        if (parts.length != 2) {
            return Optional.empty();
        }
        long started = Long.parseLong(parts[1]);
        return ProcessHandle.of(Long.parseLong(parts[0]))
                .filter(
                        handle ->
                                handle.info()
                                        .startInstant()
                                        .filter(start -> start.toEpochMilli() == started)
                                        .isPresent());
    }

    private static void await(ProcessHandle handle) {
        try {
            handle.onExit().get(GRACE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            handle.destroyForcibly();
            handle.onExit().join();
        } catch (ExecutionException e) {
            throw new StackException("process " + handle.pid() + " cannot be awaited", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while stopping process " + handle.pid(), e);
        }
    }
}

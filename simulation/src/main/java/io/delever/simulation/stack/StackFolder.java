package io.delever.simulation.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of a local stack: database files, logs, the number of the last run, and a lock that
 * one process holds.
 *
 * <pre>
 * lock          held while a stack runs here; its text is the holder's process id
 * processes     the processes of the running stack, for the next start to find what a killed parent left
 * run           number of the last run, and whether it came to its end
 * postgres/     database files
 * logs/         one file for each service and for PostgreSQL
 * </pre>
 */
public final class StackFolder implements AutoCloseable {
    private final Path folder;
    private final FileChannel channel;
    private final FileLock lock;

    private StackFolder(Path folder, FileChannel channel, FileLock lock) {
        this.folder = folder;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Takes the folder for this process.
     *
     * @param folder made where it is absent
     * @throws StackException naming the holder where another process has it
     */
    public static StackFolder take(Path folder) {
        try {
            Files.createDirectories(folder.resolve("logs"));
            Path file = folder.resolve("lock");
            FileChannel channel =
                    FileChannel.open(
                            file,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE);
            Optional<FileLock> lock = tryLock(channel);
            if (lock.isEmpty()) {
                String holder = Files.readString(file).strip();
                channel.close();
                throw new StackException(
                        "another demo is running on "
                                + folder
                                + (holder.isEmpty() ? "" : " (process " + holder + ")")
                                + ": stop it, or name another folder with --data");
            }
            channel.truncate(0);
            byte[] self =
                    Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8);
            channel.write(java.nio.ByteBuffer.wrap(self), 0);
            channel.force(true);
            return new StackFolder(folder, channel, lock.get());
        } catch (IOException e) {
            throw new StackException("folder " + folder + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** The folder itself. */
    public Path folder() {
        return folder;
    }

    /** Database files. */
    public Path postgres() {
        return folder.resolve("postgres");
    }

    /** One file for each process. */
    public Path logs() {
        return folder.resolve("logs");
    }

    /** Processes of the running stack. */
    Path processes() {
        return folder.resolve("processes");
    }

    /** Deletes database files and run number; the caller has stopped every process before. */
    public void wipe() {
        delete(postgres());
        delete(folder.resolve("run"));
    }

    /**
     * Starts a new run.
     *
     * @return its number, from 1
     * @throws StackException where the last run did not come to its end
     */
    public int beginRun() {
        Path file = folder.resolve("run");
        try {
            String[] last =
                    Files.exists(file)
                            ? Files.readString(file).strip().split(" ", -1)
                            : new String[] {"0", "ended"};
            if (last.length != 2 || !"ended".equals(last[1])) {
                throw new StackException(
                        "the last run on "
                                + folder
                                + " was cut off before its end, so its trades may have only one"
                                + " side: start anew with --fresh");
            }
            int number = Integer.parseInt(last[0]) + 1;
            Files.writeString(file, number + " running");
            return number;
        } catch (IOException | NumberFormatException e) {
            throw new StackException(file + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** The run came to its end: both sides of each of its trades have arrived. */
    public void endRun(int number) {
        try {
            Files.writeString(folder.resolve("run"), number + " ended");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    private static void delete(Path tree) {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new StackException(tree + " cannot be deleted: " + e.getMessage(), e);
        }
    }
}

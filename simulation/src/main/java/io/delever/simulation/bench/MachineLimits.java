package io.delever.simulation.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the machine can do at all: the figures are read beside it. */
final class MachineLimits {
    private static final int COMMIT_BYTES = 4_096;

    /** Kept so that the compiler cannot leave the sum out. */
    private long sum;

    /** Bytes per second that one core reads from memory: the sum over a large array. */
    Runs readBandwidth(int megabytes, int times) {
        long[] memory = new long[megabytes << 17];
        for (int i = 0; i < memory.length; i++) {
            memory[i] = i;
        }
        for (int i = 0; i < 5; i++) {
            sum += sumOf(memory);
        }
        return Runs.perSecond(
                times,
                8.0 * memory.length,
                () -> {
                    long began = System.nanoTime();
                    sum += sumOf(memory);
                    return System.nanoTime() - began;
                });
    }

    /** Nanoseconds of one write of 4 KiB that reaches the disk, in this folder. */
    Runs commitNanos(Path folder, int times) {
        Path file = folder.resolve("commit.tmp");
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer page = ByteBuffer.allocateDirect(COMMIT_BYTES);
            return Runs.nanos(times, 1, () -> commit(channel, page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(file);
        }
    }

    long sum() {
        return sum;
    }

    private static long sumOf(long[] memory) {
        long total = 0;
        for (int i = 0; i < memory.length; i++) {
            total += memory[i];
        }
        return total;
    }

    private static long commit(FileChannel channel, ByteBuffer page) {
        try {
            page.clear();
            long began = System.nanoTime();
            channel.write(page);
            channel.force(false);
            return System.nanoTime() - began;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.delever.gateway.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who asked for which change, when, and what came of it: one JSON object a line, on disk before the
 * change goes on, each carrying the hash of the one before, so that a line changed or taken out is
 * found (GATE-066).
 */
public final class AuditLog implements Closeable {
    private static final String START = "0".repeat(64);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final FileChannel channel;
    private String previous;
    private long sequence;

    private AuditLog(FileChannel channel, InstantSource clock, Tail tail) {
        this.channel = channel;
        this.clock = clock;
        this.previous = tail.hash();
        this.sequence = tail.sequence();
    }

    /**
     * Opens a log and checks the chain of what is in it.
     *
     * @throws IllegalStateException where a line was changed or taken out, or the file is not to be
     *     written
     */
    public static AuditLog open(Path file, InstantSource clock) {
        try {
            Optional<Path> folder = Optional.ofNullable(file.toAbsolutePath().getParent());
            if (folder.isPresent()) {
                Files.createDirectories(folder.get());
            }
            Tail tail = verify(file);
            FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            if (tail.torn()) {
                // A crash cut the last line short: it stays as it is, and the chain goes on.
                channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
            }
            return new AuditLog(channel, clock, tail);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the audit log " + file + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /**
     * Appends one line and forces it to the disk.
     *
     * @throws UncheckedIOException where it could not; then the change must not be made
     */
    public void append(Map<String, String> fields) {
        lock.lock();
        try {
            ObjectNode line = JSON.createObjectNode();
            line.put("sequence", sequence + 1);
            line.put("time", clock.instant().toString());
            fields.forEach(line::put);
            line.put("previous", previous);
            String hash = hash(line);
            line.put("hash", hash);
            ByteBuffer bytes =
                    ByteBuffer.wrap(
                            (JSON.writeValueAsString(line) + "\n")
                                    .getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(false);
            sequence++;
            previous = hash;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.unlock();
        }
    }

    /** Where the chain ends; {@code torn} where the last line has no end. */
    record Tail(long sequence, String hash, boolean torn) {}

    /**
     * Checks every line of a log.
     *
     * @throws IllegalStateException at the first line that does not fit to the one before
     */
    static Tail verify(Path file) throws IOException {
        Tail tail = new Tail(0, START, false);
        if (!Files.exists(file)) {
            return tail;
        }
        boolean torn = !endsWithNewline(file);
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String text = lines.readLine();
            long number = 1;
            while (text != null) {
                String next = lines.readLine();
                Optional<ObjectNode> line = parse(text);
                if (line.isPresent()) {
                    tail = follow(tail, line.get(), number);
                }
                text = next;
                number++;
            }
        }
        return new Tail(tail.sequence(), tail.hash(), torn);
    }

    private static Tail follow(Tail tail, ObjectNode line, long number) {
        String stated = line.path("hash").asText();
        line.remove("hash");
        long sequence = line.path("sequence").asLong();
        boolean fits =
                line.path("previous").asText().equals(tail.hash())
                        && sequence == tail.sequence() + 1
                        && hash(line).equals(stated);
        if (!fits) {
            throw new IllegalStateException(
                    "the audit log was changed: line "
                            + number
                            + " does not follow the one before");
        }
        return new Tail(sequence, stated, false);
    }

    /** Empty where a crash cut the line short; a line left out breaks the chain at the next. */
    private static Optional<ObjectNode> parse(String text) {
        try {
            JsonNode node = JSON.readTree(text);
            return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static boolean endsWithNewline(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            ByteBuffer last = ByteBuffer.allocate(1);
            return size == 0 || (channel.read(last, size - 1) == 1 && last.get(0) == '\n');
        }
    }

    private static String hash(ObjectNode line) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(JSON.writeValueAsBytes(line)));
        } catch (NoSuchAlgorithmException | JsonProcessingException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

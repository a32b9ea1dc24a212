package io.delever.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delever.testing.Await;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Reads server-sent events as a browser does, from a plain socket. */
final class EventReader implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Socket socket = new Socket();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final List<String> comments = new CopyOnWriteArrayList<>();
    private volatile String status = "";
    private volatile boolean ended;

    /** One event. */
    record Event(Optional<String> id, String name, String text) {
        JsonNode data() {
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private EventReader(int port, String path, String headers, int receiveBuffer)
            throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream()
                .write(
                        ("GET "
                                        + path
                                        + " HTTP/1.1\r\n"
                                        + "Host: localhost\r\n"
                                        + "Accept: text/event-stream\r\n"
                                        + headers
                                        + "\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /** Opens a stream and reads it from now on. */
    static EventReader open(int port, String path) throws IOException {
        EventReader reader = new EventReader(port, path, "", 0);
        reader.startReading();
        return reader;
    }

    /** Opens a stream where another reader stopped. */
    static EventReader resume(int port, String path, String lastEventId) throws IOException {
        EventReader reader =
                new EventReader(port, path, "Last-Event-ID: " + lastEventId + "\r\n", 0);
        reader.startReading();
        return reader;
    }

    /** Opens a stream, but reads nothing until {@link #startReading()}. */
    static EventReader sleepy(int port, String path) throws IOException {
        return new EventReader(port, path, "", 4_096);
    }

    void startReading() {
        Thread.ofVirtual().start(this::read);
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            Optional<String> id = Optional.empty();
            String name = "message";
            StringBuilder data = new StringBuilder();
            status = Optional.ofNullable(in.readLine()).orElse("");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("id:")) {
                    id = Optional.of(line.substring(3).strip());
                } else if (line.startsWith("event:")) {
                    name = line.substring(6).strip();
                } else if (line.startsWith("data:")) {
                    data.append(line.substring(5).strip());
                } else if (line.startsWith(":")) {
                    comments.add(line.substring(1).strip());
                } else if (line.isEmpty() && !data.isEmpty()) {
                    events.add(new Event(id, name, data.toString()));
                    id = Optional.empty();
                    name = "message";
                    data.setLength(0);
                }
            }
        } catch (IOException e) {
            comments.add(e.toString());
        } finally {
            ended = true;
        }
    }

    String status() {
        return status;
    }

    boolean ended() {
        return ended;
    }

    List<String> comments() {
        return List.copyOf(comments);
    }

    List<Event> events(String name) {
        return events.stream().filter(event -> event.name().equals(name)).toList();
    }

    /** Waits for an event and returns the first that fits. */
    Event await(String name, Predicate<JsonNode> condition) {
        Await.until(
                "an event " + name + " that fits among " + events.size(),
                Duration.ofSeconds(20),
                () -> events(name).stream().anyMatch(event -> condition.test(event.data())));
        return events(name).stream()
                .filter(event -> condition.test(event.data()))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

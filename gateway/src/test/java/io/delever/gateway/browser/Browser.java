package io.delever.gateway.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.delever.testing.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A headless Chromium with one page, driven through the DevTools protocol. */
public final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    private final ObjectMapper json = new ObjectMapper();
    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final Process process;
    private final Path profile;
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;
    private String session = "";

    private Browser(Path chromium) throws IOException {
        profile = Files.createTempDirectory("delever-browser");
        process =
                new ProcessBuilder(
                                chromium.toString(),
                                "--headless=new",
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-quic",
                                "--no-first-run",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--disable-dev-shm-usage",
                                "--hide-scrollbars",
                                "--remote-debugging-port=0",
                                "--user-data-dir=" + profile,
                                "about:blank")
                        .redirectErrorStream(true)
                        .redirectOutput(profile.resolve("output.txt").toFile())
                        .start();
        Path portFile = profile.resolve("DevToolsActivePort");
        await("the browser to listen", () -> lines(portFile).size() >= 2);
        List<String> lines = lines(portFile);
        socket =
                http.newWebSocketBuilder()
                        .buildAsync(
                                URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1)),
                                new Messages())
                        .join();
        String target =
                send("Target.createTarget", Map.of("url", "about:blank")).get("targetId").asText();
        session =
                send("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                        .get("sessionId")
                        .asText();
        send("Page.enable", Map.of());
        send("Runtime.enable", Map.of());
        send("Log.enable", Map.of());
    }

    /**
     * Where a Chromium is installed: {@code -Ddelever.chromium}, else on the path; empty where
     * there is none.
     */
    public static Optional<Path> find() {
        String named = System.getProperty("delever.chromium", "");
        if (!named.isEmpty()) {
            return Optional.of(Path.of(named));
        }
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts a browser. */
    public static Browser start(Path chromium) throws IOException {
        return new Browser(chromium);
    }

    private static void await(String what, BooleanSupplier condition) {
        Await.until(what, PATIENCE, condition::getAsBoolean);
    }

    /** Waits until an expression is true in the page. */
    public void awaitTrue(String expression) {
        await(expression, () -> evaluate("Boolean(" + expression + ")").equals("true"));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens an address. */
    public void open(String address) {
        send("Page.navigate", Map.of("url", address));
        await("the page", () -> evaluate("document.readyState").equals("complete"));
    }

    /** The size of the window and the colours that the user prefers. */
    public void appearance(int width, int height, boolean mobile, String colours) {
        send(
                "Emulation.setDeviceMetricsOverride",
                Map.of(
                        "width",
                        width,
                        "height",
                        height,
                        "deviceScaleFactor",
                        mobile ? 2 : 1,
                        "mobile",
                        mobile));
        send(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
    }

    /** The value of a JavaScript expression as text. */
    public String evaluate(String expression) {
        JsonNode result =
                send(
                        "Runtime.evaluate",
                        Map.of(
                                "expression",
                                expression,
                                "returnByValue",
                                true,
                                "awaitPromise",
                                true));
        if (result.has("exceptionDetails")) {
            throw new AssertionError(expression + ": " + result.get("exceptionDetails"));
        }
        return result.path("result").path("value").asText();
    }

    /** Everything that stands in the element that a selector finds, empty where there is none. */
    public String text(String selector) {
        return evaluate("document.querySelector(" + quoted(selector) + ")?.innerText ?? ''");
    }

    /** Clicks where the element is, like a mouse. */
    public void click(String selector) {
        String place =
                evaluate(
                        "(() => { const e = document.querySelector("
                                + quoted(selector)
                                + "); e.scrollIntoView({block: 'center'}); const r ="
                                + " e.getBoundingClientRect(); return (r.x + Math.min(20, r.width /"
                                + " 2)) + ' ' + (r.y + r.height / 2); })()");
        String[] xy = place.split(" ", -1);
        for (String type : List.of("mousePressed", "mouseReleased")) {
            send(
                    "Input.dispatchMouseEvent",
                    Map.of(
                            "type",
                            type,
                            "x",
                            Double.parseDouble(xy[0]),
                            "y",
                            Double.parseDouble(xy[1]),
                            "button",
                            "left",
                            "clickCount",
                            1));
        }
    }

    /** Presses a key where the focus is. */
    public void press(String key, int keyCode) {
        for (String type : List.of("keyDown", "keyUp")) {
            send(
                    "Input.dispatchKeyEvent",
                    Map.of("type", type, "key", key, "windowsVirtualKeyCode", keyCode));
        }
    }

    /** Writes what is seen now, or the whole page, as PNG. */
    public void screenshot(Path file, boolean wholePage) {
        JsonNode shot =
                send(
                        "Page.captureScreenshot",
                        Map.of("format", "png", "captureBeyondViewport", wholePage));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, Base64.getDecoder().decode(shot.get("data").asText()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Errors that the page or the browser reported so far. */
    public List<String> errors() {
        return List.copyOf(errors);
    }

    private String quoted(String text) {
        return json.getNodeFactory().textNode(text).toString();
    }

    private JsonNode send(String method, Map<String, ?> parameters) {
        int id = lastId.incrementAndGet();
        ObjectNode message = json.createObjectNode().put("id", id).put("method", method);
        message.set("params", json.valueToTree(parameters));
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        answers.put(id, answer);
        synchronized (this) {
            socket.sendText(message.toString(), true).join();
        }
        try {
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(method, e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError(method + " got no answer", e);
        }
    }

    private void take(JsonNode message) {
        if (message.has("id")) {
            CompletableFuture<JsonNode> answer = answers.remove(message.get("id").asInt());
            if (answer != null) {
                if (message.has("error")) {
                    answer.completeExceptionally(
                            new AssertionError(message.get("error").toString()));
                } else {
                    answer.complete(message.get("result"));
                }
            }
            return;
        }
        String method = message.path("method").asText();
        JsonNode parameters = message.path("params");
        if (method.equals("Runtime.exceptionThrown")) {
            errors.add(parameters.path("exceptionDetails").toString());
        }
        if (method.equals("Log.entryAdded")
                && parameters.path("entry").path("level").asText().equals("error")) {
            JsonNode entry = parameters.path("entry");
            errors.add(entry.path("text").asText() + " " + entry.path("url").asText());
        }
    }

    @Override
    public void close() throws IOException {
        socket.abort();
        http.close();
        process.destroy();
        try {
            if (!process.waitFor(Duration.ofSeconds(5))) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
    }

    private final class Messages implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                try {
                    take(json.readTree(text.toString()));
                } catch (IOException e) {
                    errors.add(e.toString());
                }
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedStage(null);
        }
    }
}

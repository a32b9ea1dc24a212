package io.delever.deploy;

import io.delever.testing.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** A packaged service as a process, with the configuration that the base hands it. */
final class PackagedService implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Pattern ADDRESS =
            Pattern.compile("Listening on: (https?)://[^:\\s]+:(\\d+)");

    private final Process process;
    private final Path log;
    private final HttpClient http;
    private String base = "";

    private PackagedService(Process process, Path log, HttpClient http) {
        this.process = process;
        this.log = log;
        this.http = http;
    }

    static Path jar(String service) {
        return Checkout.file(service + "/target/quarkus-app/quarkus-run.jar");
    }

    /** Whether the build has packaged it. */
    static boolean isThere(String service) {
        return Files.exists(jar(service));
    }

    /**
     * Starts a service in a folder of its own and waits until it listens.
     *
     * @param environment what the pod gets besides the file of properties
     */
    static PackagedService start(
            String service,
            Path folder,
            Map<String, String> environment,
            List<String> options,
            SSLContext trust)
            throws IOException {
        Path config = Files.createDirectories(folder.resolve("config"));
        Files.copy(
                Checkout.file("deploy/kubernetes/base/config/" + service + ".properties"),
                config.resolve("application.properties"));
        Path log = folder.resolve("log");
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        // A host name of the cluster leads nowhere here; ports are given by the system.
        command.addAll(List.of("-Dquarkus.http.port=0", "-Dquarkus.http.ssl-port=0"));
        command.addAll(options);
        command.addAll(List.of("-jar", jar(service).toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        HttpClient http =
                HttpClient.newBuilder()
                        .sslContext(trust)
                        .connectTimeout(Duration.ofSeconds(5))
                        .build();
        PackagedService started = new PackagedService(builder.start(), log, http);
        try {
            Await.until(service + " listens", START_LIMIT, started::listens);
        } catch (AssertionError e) {
            String said = started.log();
            started.close();
            throw new AssertionError(said, e);
        }
        return started;
    }

    private boolean listens() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("it has ended");
        }
        Matcher address = ADDRESS.matcher(log());
        if (address.find()) {
            base = address.group(1) + "://localhost:" + address.group(2);
            return true;
        }
        return false;
    }

    HttpResponse<String> get(String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(10));
        for (int at = 0; at < headers.length; at += 2) {
            request.header(headers[at], headers[at + 1]);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    String address() {
        return base;
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** What Kubernetes does at first to end a pod. */
    int terminate() {
        process.destroy();
        return process.onExit().join().exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        http.close();
    }
}

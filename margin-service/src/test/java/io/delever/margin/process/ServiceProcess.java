package io.delever.margin.process;

import io.delever.testing.Await;
import io.delever.testing.FreePort;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The packaged service as a process of its own. */
final class ServiceProcess implements AutoCloseable {
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Duration START_LIMIT = Duration.ofMinutes(4);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final int port;
    private final Path log;
    private final ManagedChannel channel;

    private ServiceProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
        this.channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port)
                        .usePlaintext()
                        .maxInboundMessageSize(64 << 20)
                        .build();
    }

    /** Whether the service was packaged before the tests. */
    static boolean isPackaged() {
        return Files.exists(JAR);
    }

    /** Starts it; it need not be ready. */
    static ServiceProcess start(String jdbcUrl, int pricePort, Path folder, String... options)
            throws IOException {
        int port = FreePort.next();
        Path log = Files.createTempFile(folder, "margin-service-", ".log");
        List<String> command =
                new java.util.ArrayList<>(
                        List.of(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Dquarkus.http.host=127.0.0.1",
                                "-Dquarkus.http.port=" + port,
                                "-Dquarkus.datasource.jdbc.url=" + jdbcUrl,
                                "-Dquarkus.datasource.username=postgres",
                                "-Dquarkus.datasource.password=postgres",
                                "-Dquarkus.grpc.clients.price.host=127.0.0.1",
                                "-Dquarkus.grpc.clients.price.port=" + pricePort));
        command.addAll(List.of(options));
        command.addAll(List.of("-jar", JAR.toString()));
        return new ServiceProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start(),
                port,
                log);
    }

    ManagedChannel channel() {
        return channel;
    }

    /** Waits until it takes commands; a failure shows what the service has said. */
    void awaitReady() throws IOException {
        try {
            Await.until(
                    "readiness",
                    START_LIMIT,
                    () -> {
                        requireAlive();
                        return get("/q/health/ready").statusCode() == 200;
                    });
        } catch (AssertionError e) {
            throw new AssertionError(log(), e);
        }
    }

    /** Waits until readiness says something, ready or not. */
    void awaitReadiness(String words) {
        Await.until(
                "readiness saying: " + words + "; " + log,
                START_LIMIT,
                () -> {
                    requireAlive();
                    return get("/q/health/ready").body().contains(words);
                });
    }

    int readiness() throws IOException, InterruptedException {
        return get("/q/health/ready").statusCode();
    }

    /** What {@code kill -9} does. */
    void kill() {
        channel.shutdownNow();
        process.destroyForcibly().onExit().join();
    }

    /** An orderly end; its exit status. */
    int terminate() {
        channel.shutdownNow();
        process.destroy();
        return process.onExit().join().exitValue();
    }

    /** Waits until it has ended by itself. */
    int awaitExit() {
        Await.until("exit; " + log, START_LIMIT, () -> !process.isAlive());
        return process.exitValue();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        kill();
    }

    private void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw new IllegalStateException("the service has ended: " + log());
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}

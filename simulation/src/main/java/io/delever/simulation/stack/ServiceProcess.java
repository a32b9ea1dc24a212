package io.delever.simulation.stack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One service as a process: started with its environment, watched, started again when it dies. */
final class ServiceProcess {
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final Duration QUICK_DEATH = Duration.ofSeconds(10);
    private static final int MOST_QUICK_DEATHS = 3;

    private final ServiceName name;
    private final Launch launch;
    private final int port;
    private final Consumer<String> says;
    private final AtomicInteger restarts = new AtomicInteger();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private Optional<Process> process = Optional.empty();
    private boolean stopping;
    private int quickDeaths;
    private long startedNanos;

    /**
     * How to start it.
     *
     * @param command the words of the command
     * @param environment added to the environment of this process
     * @param log file that takes its output
     * @param folder working folder
     */
    record Launch(List<String> command, Map<String, String> environment, Path log, Path folder) {
        Launch {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
        }
    }

    ServiceProcess(ServiceName name, Launch launch, int port, Consumer<String> says) {
        this.name = name;
        this.launch = launch;
        this.port = port;
        this.says = says;
    }

    ServiceName name() {
        return name;
    }

    int port() {
        return port;
    }

    int restarts() {
        return restarts.get();
    }

    synchronized Optional<ProcessHandle> handle() {
        return process.map(Process::toHandle);
    }

    synchronized void start() {
        List<String> command = new ArrayList<>(launch.command());
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(launch.folder().toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(launch.log().toFile()));
        builder.environment().putAll(launch.environment());
        try {
            Process started = builder.start();
            startedNanos = System.nanoTime();
            process = Optional.of(started);
            Thread.ofVirtual().name(name.module() + "-watch").start(() -> watch(started));
        } catch (IOException e) {
            throw new StackException(name.module() + " cannot be started: " + e.getMessage(), e);
        }
    }

    /** Kills it the hard way, as a power cut would; it is started again. */
    synchronized void kill() {
        process.ifPresent(Process::destroyForcibly);
    }

    /** Asks it to stop and waits; kills it where it does not. */
    void stop() {
        Optional<Process> running;
        synchronized (this) {
            stopping = true;
            running = process;
        }
        if (running.isEmpty()) {
            return;
        }
        running.get().destroy();
        try {
            if (!running.get().waitFor(GRACE)) {
                says.accept(name.module() + " did not stop in " + GRACE.toSeconds() + " s, killed");
                running.get().destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            running.get().destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it says that it is ready. */
    boolean isReady() {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
                        .timeout(Duration.ofSeconds(3))
                        .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What its readiness answer says, for a message. */
    String readiness() {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/ready"))
                        .timeout(Duration.ofSeconds(3))
                        .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "no answer at port " + port;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    String logTail() {
        return LogTail.of(launch.log());
    }

    /** Whether it died so often right after its start that starting again is pointless. */
    synchronized boolean isBroken() {
        return quickDeaths >= MOST_QUICK_DEATHS;
    }

    private void watch(Process started) {
        try {
            started.waitFor();
            ended(started);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void ended(Process dead) {
        if (stopping || process.isEmpty() || !process.get().equals(dead)) {
            return;
        }
        boolean quick = System.nanoTime() - startedNanos < QUICK_DEATH.toNanos();
        quickDeaths = quick ? quickDeaths + 1 : 0;
        if (isBroken()) {
            process = Optional.empty();
            says.accept(
                    name.module()
                            + " died "
                            + quickDeaths
                            + " times right after its start\n"
                            + logTail());
            return;
        }
        restarts.incrementAndGet();
        says.accept(
                name.module()
                        + " (process "
                        + dead.pid()
                        + ") ended with "
                        + dead.exitValue()
                        + ", started again");
        start();
    }
}

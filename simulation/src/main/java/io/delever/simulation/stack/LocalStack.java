package io.delever.simulation.stack;

import io.delever.simulation.stack.ServiceProcess.Launch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * PostgreSQL and the five services on this machine, for the demo and for tests. Every service
 * listens on the loopback address only. A service that dies is started again on the same port;
 * {@link #kill} lets a test do the killing.
 */
public final class LocalStack implements AutoCloseable {
    private static final int GATEWAY_PORT = 8080;
    private static final Duration STARTUP_LIMIT = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(100);

    private final StackFolder folder;
    private final Consumer<String> says;
    private final DatabaseServer server;
    private final Map<ServiceName, ServiceProcess> services = new EnumMap<>(ServiceName.class);
    private boolean closed;

    /**
     * What the stack needs to know.
     *
     * @param home the project's root, below which the packaged services lie
     * @param externalDatabase a running PostgreSQL; empty for the embedded one
     * @param gatewayPort the port asked for; empty takes 8080 where it is free
     * @param venuePort where the paper venue listens
     * @param environment more settings for each service
     */
    public record Options(
            Path home,
            Optional<Database> externalDatabase,
            Optional<Integer> gatewayPort,
            int venuePort,
            Map<ServiceName, Map<String, String>> environment) {
        /** Copies the map. */
        public Options {
            environment = Map.copyOf(environment);
        }
    }

    private LocalStack(StackFolder folder, DatabaseServer server, Consumer<String> says) {
        this.folder = folder;
        this.server = server;
        this.says = says;
    }

    /**
     * Ends what a killed stack left behind in this folder: services by their ids, then PostgreSQL.
     *
     * @param folder a folder that this process holds
     * @param says takes one line for each thing done
     */
    public static void clearLeft(StackFolder folder, Consumer<String> says) {
        int left = LeftProcesses.stopServices(folder);
        if (left > 0) {
            says.accept("ended " + left + " services that an earlier run had left");
        }
        LeftProcesses.stopPostmaster(folder.postgres())
                .ifPresent(
                        pid ->
                                says.accept(
                                        "ended PostgreSQL (process "
                                                + pid
                                                + ") that an earlier run had left"));
    }

    /**
     * Starts everything and returns when every service is alive; {@link #awaitReady} waits until
     * they work.
     *
     * @param folder a folder that this process holds and that {@link #clearLeft} has cleared
     * @param options what to start
     * @param says takes one line for each thing worth telling
     */
    public static LocalStack start(StackFolder folder, Options options, Consumer<String> says) {
        Map<ServiceName, Path> jars = jars(options.home());
        DatabaseServer server =
                options.externalDatabase()
                        .map(db -> DatabaseServer.external(db.url(), db.user(), db.password()))
                        .orElseGet(
                                () ->
                                        DatabaseServer.embedded(
                                                folder.postgres(),
                                                folder.logs().resolve("postgresql.log")));
        LocalStack stack = new LocalStack(folder, server, says);
        try {
            stack.launch(options, jars);
            return stack;
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    /** Waits until every service says that it is ready. */
    public void awaitReady() {
        for (ServiceProcess service : services.values()) {
            long deadline = System.nanoTime() + STARTUP_LIMIT.toNanos();
            while (!service.isReady()) {
                if (service.isBroken() || System.nanoTime() > deadline) {
                    throw new StackException(
                            service.name().module()
                                    + " is not ready: "
                                    + service.readiness()
                                    + "\n"
                                    + service.logTail());
                }
                LockSupport.parkNanos(POLL.toNanos());
            }
        }
    }

    /** Port of a service. */
    public int port(ServiceName service) {
        return process(service).port();
    }

    /** Whether a service says that it is ready. */
    public boolean isReady(ServiceName service) {
        return process(service).isReady();
    }

    /** Kills a service as {@code kill -9} does; it is started again. */
    public void kill(ServiceName service) {
        process(service).kill();
    }

    /** How often a service had to be started again. */
    public int restarts(ServiceName service) {
        return process(service).restarts();
    }

    /** How often any service had to be started again. */
    public int restarts() {
        return services.values().stream().mapToInt(ServiceProcess::restarts).sum();
    }

    /** Names a service that is beyond help, with the end of its log. */
    public Optional<String> broken() {
        return services.values().stream()
                .filter(ServiceProcess::isBroken)
                .map(service -> service.name().module() + " keeps dying\n" + service.logTail())
                .findFirst();
    }

    /** Process ids by name, for a person who wants to kill one. */
    public Map<String, Long> processIds() {
        Map<String, Long> ids = new HashMap<>();
        services.forEach(
                (name, process) ->
                        process.handle().ifPresent(handle -> ids.put(name.module(), handle.pid())));
        return ids;
    }

    /** Stops the services, gateway first, then PostgreSQL. Harmless when called again. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        List<Thread> stopping = new ArrayList<>();
        for (ServiceProcess service : services.values()) {
            stopping.add(Thread.ofVirtual().start(service::stop));
        }
        boolean interrupted = false;
        for (Thread thread : stopping) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        server.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private ServiceProcess process(ServiceName name) {
        ServiceProcess process = services.get(name);
        if (process == null) {
            throw new IllegalStateException(name + " was not started");
        }
        return process;
    }

    private void launch(Options options, Map<ServiceName, Path> jars) {
        List<Integer> free = Ports.free(ServiceName.values().length);
        Map<String, Integer> ports = new HashMap<>();
        Iterator<Integer> next = free.iterator();
        for (ServiceName name : ServiceName.values()) {
            ports.put(name.shortName(), next.next());
        }
        ports.put(ServiceName.GATEWAY.shortName(), gatewayPort(options, ports));
        ports.put("venue", options.venuePort());
        for (ServiceName name : ServiceName.values()) {
            int port = ports.getOrDefault(name.shortName(), 0);
            Launch launch = launch(name, options, ports, jars.getOrDefault(name, options.home()));
            ServiceProcess process = new ServiceProcess(name, launch, port, this::tell);
            services.put(name, process);
            process.start();
        }
        remember();
    }

    private void tell(String line) {
        says.accept(line);
        if (!closed) {
            remember();
        }
    }

    private void remember() {
        List<ProcessHandle> handles = new ArrayList<>();
        services.values().forEach(service -> service.handle().ifPresent(handles::add));
        LeftProcesses.remember(folder, handles);
    }

    private static int gatewayPort(Options options, Map<String, Integer> ports) {
        int drawn = ports.getOrDefault(ServiceName.GATEWAY.shortName(), GATEWAY_PORT);
        if (options.gatewayPort().isPresent()) {
            int asked = options.gatewayPort().get();
            if (!Ports.isFree(asked)) {
                throw new StackException("port " + asked + " is taken: name another with --port");
            }
            return asked;
        }
        return Ports.isFree(GATEWAY_PORT) ? GATEWAY_PORT : drawn;
    }

    private Launch launch(ServiceName name, Options options, Map<String, Integer> ports, Path jar) {
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        name == ServiceName.GATEWAY ? "-Xmx128m" : "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-jar",
                        jar.toString());
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put(
                "QUARKUS_HTTP_PORT", Integer.toString(ports.getOrDefault(name.shortName(), 0)));
        for (String client : name.clients()) {
            String prefix = "QUARKUS_GRPC_CLIENTS_" + client.toUpperCase(Locale.ROOT) + "_";
            environment.put(prefix + "HOST", "127.0.0.1");
            environment.put(prefix + "PORT", Integer.toString(ports.getOrDefault(client, 0)));
        }
        if (name == ServiceName.GATEWAY) {
            // On loopback only: nobody is asked who they are in this profile.
            environment.put("QUARKUS_PROFILE", "demo");
        } else {
            Database database = server.database(name);
            environment.put("QUARKUS_DATASOURCE_JDBC_URL", database.url());
            environment.put("QUARKUS_DATASOURCE_USERNAME", database.user());
            environment.put("QUARKUS_DATASOURCE_PASSWORD", database.password());
        }
        environment.putAll(options.environment().getOrDefault(name, Map.of()));
        return new Launch(
                command,
                environment,
                folder.logs().resolve(name.module() + ".log"),
                options.home());
    }

    private static Map<ServiceName, Path> jars(Path home) {
        Map<ServiceName, Path> jars = new EnumMap<>(ServiceName.class);
        for (ServiceName name : ServiceName.values()) {
            Path jar =
                    home.resolve(name.module())
                            .resolve("target/quarkus-app/quarkus-run.jar")
                            .toAbsolutePath();
            if (!Files.isRegularFile(jar)) {
                throw new StackException(
                        name.module() + " is not built: no " + jar + "; run ./mvnw package");
            }
            jars.put(name, jar);
        }
        return jars;
    }
}

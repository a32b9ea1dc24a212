package io.delever.simulation.cli;

import io.delever.simulation.demo.DemoOptions;
import io.delever.simulation.demo.DemoProgress;
import io.delever.simulation.demo.DemoRun;
import io.delever.simulation.replay.EventLog;
import io.delever.simulation.report.RunSummary;
import io.delever.simulation.report.SummaryFormat;
import io.delever.simulation.scenario.MarketSpec;
import io.delever.simulation.scenario.Scenario;
import io.delever.simulation.scenario.ScenarioException;
import io.delever.simulation.scenario.Scenarios;
import io.delever.simulation.stack.Database;
import io.delever.simulation.stack.StackException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./delever demo}: the five services, a database and a paper venue play a market. */
@Command(
        name = "demo",
        description = {
            "Starts the five services, PostgreSQL and a paper venue, plays a market through them"
                    + " and sums up.",
            "Exit code 0 where money and size are conserved to the last unit, 1 where not, 2 for a"
                    + " wrong call."
        })
@SuppressWarnings("UnusedVariable") // picocli fills the fields
public final class DemoCommand implements Callable<Integer> {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long REPLAY_SECONDS = 180;

    @Spec private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and end.")
    private boolean help;

    @Option(
            names = "--tape",
            paramLabel = "DIR",
            description =
                    "Replay recorded data from this folder; without it a seeded market is played.")
    private Optional<Path> tape = Optional.empty();

    @Option(
            names = "--scenario",
            paramLabel = "FILE",
            description =
                    "A scenario file or the name of one that comes along: seeded-crash (default) or"
                            + " october-10-2025 (default with --tape).")
    private Optional<String> scenarioName = Optional.empty();

    @Option(
            names = "--speed",
            paramLabel = "N",
            description =
                    "Market seconds in a second, 1 to 1000; by default the run takes about 3"
                            + " minutes.")
    private Optional<Long> speed = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "First instant, e.g. 2025-10-10T21:10:00Z.")
    private Optional<Instant> from = Optional.empty();

    @Option(names = "--to", paramLabel = "TIME", description = "End, e.g. 2025-10-10T21:30:00Z.")
    private Optional<Instant> to = Optional.empty();

    @Option(names = "--accounts", paramLabel = "N", description = "Number of trading accounts.")
    private Optional<Integer> accounts = Optional.empty();

    @Option(names = "--seed", paramLabel = "S", description = "Seed of everything that is drawn.")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--market", paramLabel = "KIND", description = "\"live\" is not there yet.")
    private Optional<String> market = Optional.empty();

    @Option(
            names = "--port",
            paramLabel = "P",
            description = "Port of the page; by default 8080 where it is free, otherwise any.")
    private Optional<Integer> port = Optional.empty();

    @Option(names = "--exit", description = "End after the summary (default without a terminal).")
    private boolean exit;

    @Option(
            names = "--keep-running",
            description = "Stay after the summary until Ctrl-C (default at a terminal).")
    private boolean keepRunning;

    @Option(names = "--fresh", description = "Start with empty databases.")
    private boolean fresh;

    @Option(names = "--json", description = "Write the summary as JSON.")
    private boolean json;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder for databases and logs; default .delever/data.")
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = {
                "A running PostgreSQL in place of the embedded one: jdbc:postgresql://HOST:PORT/.",
                "User and password come from DELEVER_DATABASE_USER and DELEVER_DATABASE_PASSWORD."
            })
    private Optional<String> databaseUrl = Optional.empty();

    @Override
    public Integer call() {
        if (market.isPresent()) {
            spec.commandLine()
                    .getErr()
                    .println("delever demo: --market " + market.get() + " is not there yet");
            return Main.EXIT_USAGE;
        }
        if (exit && keepRunning) {
            throw new ParameterException(
                    spec.commandLine(), "--exit and --keep-running exclude each other");
        }
        try {
            return run(options());
        } catch (ScenarioException e) {
            throw new CommandFailure(Main.EXIT_FAILED, e.text());
        } catch (StackException e) {
            throw new CommandFailure(Main.EXIT_FAILED, e.text());
        }
    }

    private int run(DemoOptions options) {
        PrintWriter err = spec.commandLine().getErr();
        ProgressLine line = new ProgressLine(err);
        DemoRun run = DemoRun.start(options, line::say);
        Thread hook = Thread.ofPlatform().unstarted(run::close);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            line.say("page: " + run.page() + "   logs: " + options.data().resolve("logs"));
            run.open();
            line.say("services: " + processes(run));
            run.play();
            Scenario scenario = options.scenario();
            long seconds =
                    (scenario.toNanos() - scenario.fromNanos())
                            / NANOS_PER_SECOND
                            / options.speed();
            run.awaitPlayed(Duration.ofSeconds(seconds * 10 + 600), () -> line.show(progress(run)));
            line.say("market played, waiting until everything has come to rest");
            RunSummary summary = run.finish(what -> line.show("waiting for rest: " + what));
            PrintWriter out = spec.commandLine().getOut();
            out.print(json ? SummaryFormat.json(summary) : SummaryFormat.text(summary));
            out.flush();
            if (staysUp()) {
                line.say("page: " + run.page() + "   Ctrl-C ends");
                awaitForever();
            }
            return summary.holds() ? 0 : Main.EXIT_FAILED;
        } finally {
            run.close();
            removeHook(hook);
        }
    }

    private DemoOptions options() {
        Scenario scenario =
                Scenarios.load(
                        scenarioName.orElse(tape.isPresent() ? "october-10-2025" : "seeded-crash"));
        if (seed.isPresent()) {
            scenario = scenario.withSeed(seed.get());
        }
        if (accounts.isPresent()) {
            if (accounts.get() < 1 || accounts.get() > 1_000_000) {
                throw new ParameterException(
                        spec.commandLine(), "--accounts " + accounts.get() + ": 1 to 1000000");
            }
            scenario = scenario.withAccounts(accounts.get());
        }
        scenario = window(scenario);
        long seconds = Math.max(1, (scenario.toNanos() - scenario.fromNanos()) / NANOS_PER_SECOND);
        long chosen = speed.orElse(Math.max(1, (seconds + REPLAY_SECONDS - 1) / REPLAY_SECONDS));
        if (chosen < 1 || chosen > 1_000) {
            throw new ParameterException(spec.commandLine(), "--speed " + chosen + ": 1 to 1000");
        }
        Path home = Path.of(System.getProperty("delever.home", ".")).toAbsolutePath().normalize();
        return new DemoOptions(
                scenario,
                tape,
                chosen,
                home,
                data.orElse(home.resolve(".delever/data")).toAbsolutePath().normalize(),
                fresh,
                port,
                databaseUrl.map(DemoCommand::database));
    }

    private Scenario window(Scenario scenario) {
        if (from.isEmpty() && to.isEmpty()) {
            return scenario;
        }
        if (scenario.market() instanceof MarketSpec.Seeded && from.isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "--from: a seeded market begins at its own start");
        }
        long begin = from.map(DemoCommand::nanos).orElse(scenario.fromNanos());
        long end = to.map(DemoCommand::nanos).orElse(scenario.toNanos());
        if (begin < scenario.fromNanos() || end > scenario.toNanos() || begin >= end) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--from and --to must lie in order within "
                            + EventLog.time(scenario.fromNanos())
                            + " to "
                            + EventLog.time(scenario.toNanos()));
        }
        return scenario.between(begin, end);
    }

    private static Database database(String url) {
        return new Database(
                url,
                System.getenv().getOrDefault("DELEVER_DATABASE_USER", "postgres"),
                System.getenv().getOrDefault("DELEVER_DATABASE_PASSWORD", ""));
    }

    private static String progress(DemoRun run) {
        DemoProgress now = run.progress();
        return "%s  %,d of %,d ticks  %d prices  %,d fills%s%s"
                .formatted(
                        EventLog.time(now.marketNanos()).substring(11, 19),
                        now.ticksSent(),
                        now.ticks(),
                        now.usablePrices(),
                        now.fills(),
                        now.waitingFills() > 0 ? " (+" + now.waitingFills() + ")" : "",
                        now.restarts() > 0 ? "  " + now.restarts() + " restarts" : "");
    }

    private static String processes(DemoRun run) {
        Map<String, Long> sorted = new TreeMap<>(run.stack().processIds());
        return sorted.toString();
    }

    private boolean staysUp() {
        return keepRunning || (!exit && ProgressLine.isTerminal() && System.getenv("CI") == null);
    }

    private static void awaitForever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending already and the hook is what closes the run.
            LockSupport.parkNanos(1);
        }
    }

    private static long nanos(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
    }
}

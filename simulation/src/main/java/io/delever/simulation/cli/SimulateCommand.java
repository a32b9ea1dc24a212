package io.delever.simulation.cli;

import io.delever.simulation.market.MarketSources;
import io.delever.simulation.replay.EventLog;
import io.delever.simulation.replay.HtmlReport;
import io.delever.simulation.replay.Simulation;
import io.delever.simulation.report.RunSummary;
import io.delever.simulation.report.SummaryFormat;
import io.delever.simulation.scenario.Scenario;
import io.delever.simulation.scenario.ScenarioException;
import io.delever.simulation.scenario.Scenarios;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./delever simulate}: the whole chain in one process, on fake time. */
@Command(
        name = "simulate",
        description = {
            "Plays a scenario through the engine in one process, on the market's own time.",
            "Writes events.jsonl, summary.json and report.html; the same file and seed give the"
                    + " same bytes.",
            "Exit code 0 where money and size are conserved to the last unit, 1 where not or the"
                    + " input is bad."
        })
@SuppressWarnings("UnusedVariable") // picocli fills the fields
public final class SimulateCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and end.")
    private boolean help;

    @Parameters(
            paramLabel = "FILE",
            description =
                    "A scenario file, or the name of one that comes along: seeded-crash,"
                            + " october-10-2025.")
    private String file = "";

    @Option(
            names = "--tape",
            paramLabel = "DIR",
            description = "Folder with recorded data, for a scenario that replays it.")
    private Optional<Path> tape = Optional.empty();

    @Option(names = "--seed", paramLabel = "S", description = "Seed in place of the scenario's.")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--accounts",
            paramLabel = "N",
            description = "Number of trading accounts in place of the scenario's.")
    private Optional<Integer> accounts = Optional.empty();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for the results; default .delever/simulate/NAME.")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--json", description = "Write the summary as JSON to standard output too.")
    private boolean json;

    @Override
    public Integer call() {
        try {
            Scenario scenario = Scenarios.load(file);
            if (seed.isPresent()) {
                scenario = scenario.withSeed(seed.get());
            }
            if (accounts.isPresent()) {
                scenario = scenario.withAccounts(accounts.get());
            }
            return run(scenario);
        } catch (ScenarioException e) {
            throw new CommandFailure(Main.EXIT_FAILED, e.text());
        } catch (IOException e) {
            throw new CommandFailure(Main.EXIT_FAILED, "results cannot be written: " + e);
        }
    }

    private int run(Scenario scenario) throws IOException {
        Path folder =
                out.orElse(
                        Path.of(System.getProperty("delever.home", "."))
                                .resolve(".delever/simulate")
                                .resolve(scenario.name()));
        Files.createDirectories(folder);
        MarketSources sources = MarketSources.open(scenario, tape);
        PrintWriter err = spec.commandLine().getErr();
        ProgressLine line = new ProgressLine(err);
        long began = System.nanoTime();
        RunSummary summary;
        try (Writer events = Files.newBufferedWriter(folder.resolve("events.jsonl"));
                EventLog log = new EventLog(events)) {
            Simulation simulation = new Simulation(scenario, sources, log);
            summary = simulation.run(market -> line.show(EventLog.time(market)));
            Files.writeString(folder.resolve("report.html"), HtmlReport.of(simulation, summary));
        }
        Files.writeString(folder.resolve("summary.json"), SummaryFormat.json(summary));
        long took = System.nanoTime() - began;
        PrintWriter result = spec.commandLine().getOut();
        result.print(json ? SummaryFormat.json(summary) : SummaryFormat.text(summary));
        result.flush();
        line.say(
                String.format(
                        Locale.ROOT,
                        "%.1f s, %.0f times faster than the market; results in %s",
                        took / 1e9,
                        (double) (scenario.toNanos() - scenario.fromNanos()) / took,
                        folder));
        return summary.holds() ? 0 : Main.EXIT_FAILED;
    }
}

package io.delever.simulation.bench;

import io.delever.simulation.cli.CommandFailure;
import io.delever.simulation.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./delever bench}. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures the platform beside the limits of the machine, in the same run.")
public final class BenchCommand implements Callable<Integer> {
    /** What can be measured by itself. */
    enum Part {
        /** Index and mark. */
        prices
    }

    private static final int MOST_ACCOUNTS = 4_000_000;
    private static final int MEGABYTES = 512;
    private static final int COMMITS = 50;

    @Spec private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "PART",
            description = "prices: only index and mark, in seconds; default everything.")
    private Optional<Part> part = Optional.empty();

    @Option(
            names = "--accounts",
            paramLabel = "N",
            description = "Number of accounts, 100 to 4000000; default ${DEFAULT-VALUE}.")
    private int accounts = 1_000_000;

    @Option(
            names = "--runs",
            paramLabel = "N",
            description = "Runs of each measurement, 1 to 1000; default ${DEFAULT-VALUE}.")
    private int runs = 25;

    @Option(names = "--seed", paramLabel = "S", description = "Seed; default ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Folder for bench.json, and the disk that is measured; default .delever/bench.")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--json", description = "Write JSON to standard output in place of the table.")
    private boolean json;

    @Override
    public Integer call() {
        check("--accounts", accounts, 100, MOST_ACCOUNTS);
        check("--runs", runs, 1, 1_000);
        try {
            return run();
        } catch (BenchFailure e) {
            throw new CommandFailure(Main.EXIT_FAILED, "wrong result: " + e.text());
        } catch (IOException e) {
            throw new CommandFailure(Main.EXIT_FAILED, "results cannot be written: " + e);
        }
    }

    private int run() throws IOException {
        Path folder =
                out.orElse(
                        Path.of(System.getProperty("delever.home", ".")).resolve(".delever/bench"));
        Files.createDirectories(folder);
        double load = BenchReport.loadNow();
        List<Figure> figures = new ArrayList<>();
        say("the limits of the machine");
        MachineLimits limits = new MachineLimits();
        int megabytes = accounts < 100_000 ? MEGABYTES / 8 : MEGABYTES;
        Runs bandwidth = limits.readBandwidth(megabytes, runs);
        figures.add(
                Figure.of(
                        "limit: memory read by one core",
                        new Runs(bandwidth.best() / 1e9, bandwidth.median() / 1e9),
                        "GB/s"));
        Runs commit = limits.commitNanos(folder, COMMITS);
        figures.add(
                Figure.of(
                        "limit: empty commit to the disk",
                        new Runs(commit.best() / 1e6, commit.median() / 1e6),
                        "ms"));
        say("index and mark");
        figures.addAll(new PriceBench(seed, this::say).measure(runs));
        if (part.isEmpty()) {
            say("the sweep");
            figures.addAll(
                    new SweepBench(accounts, seed, this::say).measure(runs, bandwidth.best()));
            say("sentiment, texts and a chain reaction");
            figures.addAll(new SentimentBench(accounts, seed, this::say).measure(runs));
        }
        BenchReport report = new BenchReport(accounts, seed, load, figures);
        Files.writeString(folder.resolve("bench.json"), report.json());
        PrintWriter result = spec.commandLine().getOut();
        result.print(json ? report.json() : report.text());
        result.flush();
        return 0;
    }

    private void check(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(
                    spec.commandLine(),
                    option + " must be " + least + " to " + most + ", is " + value);
        }
    }

    private void say(String text) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(text);
        err.flush();
    }
}

package io.delever.simulation.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Commands of the design that this version does not have: they say so and end with exit code 2. */
@SuppressWarnings("UnusedVariable") // picocli fills the fields
abstract class NotThereYet implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and end.")
    private boolean help;

    @Unmatched private List<String> words;

    @Override
    public Integer call() {
        spec.commandLine().getErr().println("delever " + spec.name() + ": not there yet");
        return Main.EXIT_USAGE;
    }

    /** The benchmarks. */
    @Command(name = "bench", description = "Not there yet: the benchmarks.")
    static final class Bench extends NotThereYet {}
}

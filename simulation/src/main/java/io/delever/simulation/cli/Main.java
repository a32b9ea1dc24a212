package io.delever.simulation.cli;

import io.delever.simulation.adl.AdlCommand;
import io.delever.simulation.bench.BenchCommand;
import io.delever.simulation.conformance.ConformanceCommand;
import io.delever.simulation.evaluation.EvaluateCommand;
import io.delever.simulation.margin.MarginCommand;
import io.delever.simulation.prices.PricesCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Entry point of {@code ./delever}. Exit codes: 0 done, 1 done and something does not hold (a
 * failed example, a broken conservation check, a bad input file), 2 the call itself is wrong or
 * asks for what is not there yet.
 */
@Command(
        name = "delever",
        mixinStandardHelpOptions = true,
        version = "delever 0.1.0-SNAPSHOT",
        description = "The de-leveraging engine of a trading venue.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            SimulateCommand.class,
            MarginCommand.class,
            ConformanceCommand.class,
            AdlCommand.class,
            PricesCommand.class,
            BenchCommand.class,
            EvaluateCommand.class,
        })
public final class Main implements Runnable {
    /** Exit code of a call that is wrong or asks for what is not there yet. */
    public static final int EXIT_USAGE = 2;

    /** Exit code of a run that ended with a result that does not hold. */
    public static final int EXIT_FAILED = 1;

    @Spec private CommandSpec spec;

    /**
     * Runs the command line and ends the process with its exit code.
     *
     * @param args the words after {@code ./delever}
     */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /**
     * The command line with every subcommand registered; writes results to standard output and all
     * else to error.
     */
    public static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler(Main::report);
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    private static int report(Exception failure, CommandLine line, CommandLine.ParseResult parsed) {
        PrintWriter err = line.getErr();
        if (failure instanceof CommandFailure known) {
            err.println(line.getCommandName() + ": " + known.getMessage());
            return known.exitCode();
        }
        err.println(line.getCommandName() + ": unexpected failure");
        failure.printStackTrace(err);
        return EXIT_FAILED;
    }
}

package io.delever.simulation.adl;

import io.delever.engine.money.Rate;
import io.delever.simulation.cli.CommandFailure;
import io.delever.simulation.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** All policies of auto-deleveraging side by side (ADLQ-045, ADLQ-046, SIMU-090). */
@Command(
        name = "adl",
        description = {
            "What each ADL policy would take from whom, side by side.",
            "FILE holds rounds of single markets; its shape is docs/schema/adl-input.schema.json"
                + " and docs/examples/adl.json is an example. A folder holds the recorded accounts"
                + " of October 10 2025.",
            "needed: the budget; taken: what winners give up; largest: the greatest share of its"
                    + " own profit that one gives; share: of the whole that one gives; leverage:"
                    + " the greatest afterwards; next deficit: what winners would lack after the"
                    + " shock."
        })
@SuppressWarnings("UnusedVariable") // picocli fills the fields
public final class AdlCommand implements Callable<Integer> {
    private static final long MAX_FILE_BYTES = 500_000_000L;
    private static final int MAX_MEASURED = 1_000_000;

    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "Rounds in JSON, or the folder of the recorded event.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--shock",
            paramLabel = "SHARE",
            defaultValue = "0.1",
            description = "Move against the winners after the round, default ${DEFAULT-VALUE}.")
    private String shock = "";

    @Option(
            names = "--profit-cap",
            paramLabel = "SHARE",
            defaultValue = "1",
            description = "Greatest share of its profit that one gives, for a folder.")
    private String profitCap = "";

    @Option(names = "--json", description = "Write JSON.")
    private boolean json;

    @Option(
            names = "--measure",
            paramLabel = "ACCOUNTS",
            description = "Measure how long a round over so many accounts takes to plan.")
    private Optional<Integer> measured = Optional.empty();

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            defaultValue = "1",
            description = "Of the measured accounts, default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and end.")
    private boolean help;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (measured.isPresent() == file.isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "either FILE or --measure ACCOUNTS is needed");
        }
        if (measured.isPresent()) {
            int accounts = measured.get();
            if (accounts < 1 || accounts > MAX_MEASURED) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--measure is " + accounts + ", must be 1 to " + MAX_MEASURED);
            }
            PlanningTime.measure(accounts, seed, out);
            return 0;
        }
        write(file.get(), out);
        return 0;
    }

    private void write(Path from, PrintWriter out) throws IOException {
        Rate move = rate("--shock", shock);
        Optional<EventFolder> folder =
                Files.isDirectory(from) ? Optional.of(new EventFolder(from)) : Optional.empty();
        List<AdlInput> inputs =
                folder.isPresent()
                        ? folder.get().read(rate("--profit-cap", profitCap))
                        : AdlFile.read(from.toString(), content(from));
        if (json) {
            AdlTable.json(inputs, move, out);
        } else {
            for (AdlInput input : inputs) {
                AdlTable.text(input.title(), input.outcomes(move), out);
            }
            if (folder.isPresent()) {
                out.println(folder.get().recorded());
            }
        }
        out.flush();
    }

    private Rate rate(String option, String text) {
        try {
            Rate rate = Rate.parse(text);
            if (rate.compareTo(Rate.ONE) <= 0) {
                return rate;
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), option + " is '" + text + "': " + e.getMessage(), e);
        }
        throw new ParameterException(
                spec.commandLine(), option + " is " + text + ", must be at most 1");
    }

    private static byte[] content(Path file) {
        try {
            long size = Files.size(file);
            if (size > MAX_FILE_BYTES) {
                throw new CommandFailure(
                        Main.EXIT_FAILED,
                        file + ": has " + size + " bytes, the limit is " + MAX_FILE_BYTES);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CommandFailure(Main.EXIT_FAILED, file + ": cannot be read: " + e);
        }
    }
}

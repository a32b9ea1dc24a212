package io.delever.simulation.margin;

import io.delever.simulation.cli.CommandFailure;
import io.delever.simulation.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The calculator: margins of a list of accounts (MARG-030 to MARG-032). */
@Command(
        name = "margin",
        description = {
            "Computes the margins of the accounts in FILE. JSON in, JSON out; decimals are"
                    + " strings.",
            "The shapes are docs/schema/margin-input.schema.json and margin-output.schema.json;"
                    + " docs/examples/margin.json is an example.",
            "A bad file gets a message with the place, the value and the limit, and exit code 1."
        })
@SuppressWarnings("UnusedVariable") // picocli fills the fields
public final class MarginCommand implements Callable<Integer> {
    /** Greatest size of the file. */
    static final long MAX_FILE_BYTES = 500_000_000L;

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Instruments, assets, prices and accounts.")
    private Path file = Path.of("");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and end.")
    private boolean help;

    @Override
    public Integer call() throws IOException {
        MarginInput input = MarginInputReader.read(file.toString(), content());
        PrintWriter out = spec.commandLine().getOut();
        MarginOutput.write(input, out);
        out.println();
        out.flush();
        return 0;
    }

    private byte[] content() {
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

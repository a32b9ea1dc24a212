package io.delever.simulation.prices;

import io.delever.simulation.cli.CommandFailure;
import io.delever.simulation.cli.Main;
import io.delever.simulation.scenario.ScenarioException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./delever prices}: index, mark and state over a recorded day (SIMU-100 to SIMU-104). */
@Command(
        name = "prices",
        description = {
            "Plays the venues of October 10 2025 through index, mark and collateral price.",
            "As recorded, with one venue frozen, and with one venue left. Prints what was found and"
                    + " writes README.md with plots.",
            "Exit code 0 where every rule held, 1 where not or the input is bad."
        })
@SuppressWarnings("UnusedVariable") // picocli fills the fields
public final class PricesCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "FOLDER",
            description =
                    "The data folder, with the recorded venues and the recorded depegs in folders"
                            + " of their own.")
    private Path folder = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for the report; default .delever/prices.")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and end.")
    private boolean help;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        try {
            PricesEvaluation evaluation = PricesEvaluation.of(folder);
            Path to =
                    out.orElse(
                            Path.of(System.getProperty("delever.home", "."))
                                    .resolve(".delever/prices"));
            Files.createDirectories(to);
            for (Map.Entry<String, String> file : PricesReport.of(evaluation).entrySet()) {
                Files.writeString(to.resolve(file.getKey()), file.getValue());
            }
            PrintWriter result = spec.commandLine().getOut();
            result.print(PricesText.of(evaluation));
            result.flush();
            err.println("prices: report with plots in " + to.resolve("README.md"));
            return evaluation.holds() ? 0 : Main.EXIT_FAILED;
        } catch (ScenarioException e) {
            throw new CommandFailure(Main.EXIT_FAILED, e.text());
        } catch (IOException e) {
            throw new CommandFailure(Main.EXIT_FAILED, "prices: " + e);
        }
    }
}

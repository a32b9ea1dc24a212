package io.delever.simulation.evaluation;

import io.delever.simulation.cli.CommandFailure;
import io.delever.simulation.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures the skill of sentiment and early warning on recorded data (EVAL-001). */
@Command(
        name = "evaluate",
        description = {
            "Measures sentiment, text scores and early warning on recorded data and writes the"
                    + " report with its plots. What a folder does not hold is skipped, and the"
                    + " report says so."
        })
@SuppressWarnings("UnusedVariable") // picocli fills the fields
public final class EvaluateCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "The folder with recorded data.")
    private Path folder = Path.of("");

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = ".delever/evaluation",
            description = "Where the report goes, default ${DEFAULT-VALUE}.")
    private Path out = Path.of("");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and end.")
    private boolean help;

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new CommandFailure(Main.EXIT_FAILED, folder + " is not a folder");
        }
        // Decimals in the report are the same in every country.
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
        DataFolder data = new DataFolder(folder);
        PrintWriter console = spec.commandLine().getOut();
        Files.createDirectories(out);
        write("README.md", overview(), console);
        write("fear-greed.md", new FearGreedStudy(data).write(), console);
        write("text.md", new TextStudy(data).write(), console);
        write("replays.md", new ReplayStudy(data).write(), console);
        write("early-warning.md", new WarningStudy(data).write(), console);
        return 0;
    }

    private static Report overview() {
        return new Report()
                .say("# Evaluation")
                .say(
                        """
                        Written by `./delever evaluate FOLDER --out docs/evaluation` from recorded data that is not part of this repository;
                        derived figures and plots only. What the folder does not hold is skipped, and the page says so.
                        """
                                .strip())
                .row("* [The score against the published index of fear and greed](fear-greed.md)")
                .row("* [Text scores against human labels](text.md)")
                .row("* [Early warning against its baselines](early-warning.md)")
                .row("* [Two crashes, replayed](replays.md)")
                .end()
                .say(
                        """
                        ## What could not be evaluated

                        * Forecasts of forced closes that a venue really made: no recording holds them over more than twelve minutes of one
                          day. The reference book stands in for them, and its mix of leverages is stated, not measured.
                        * Open interest alone as a baseline in the crashes: it is recorded only for February and March 2026, every 4 hours,
                          without a crash. Elsewhere it is that of the reference book.
                        * Skew, liquidations and margin calls in the score against the index: not recorded over its years.
                        * Order flow, depth and venue concentration as inputs of the warning: recorded for single days only.
                        """
                                .strip());
    }

    private void write(String file, Report report, PrintWriter console) throws IOException {
        Files.writeString(out.resolve(file), report.text());
        for (Map.Entry<String, String> plot : report.plots().entrySet()) {
            Files.writeString(out.resolve(plot.getKey()), plot.getValue());
        }
        console.println(out.resolve(file));
        console.flush();
    }
}

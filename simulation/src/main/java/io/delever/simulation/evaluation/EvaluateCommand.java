package io.delever.simulation.evaluation;

import io.delever.simulation.cli.CommandFailure;
import io.delever.simulation.cli.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
        DataFolder data = new DataFolder(folder);
        PrintWriter console = spec.commandLine().getOut();
        Files.createDirectories(out);
        write("fear-greed.md", new FearGreedStudy(data).write(), console);
        write("text.md", new TextStudy(data).write(), console);
        write("replays.md", new ReplayStudy(data).write(), console);
        write("early-warning.md", new WarningStudy(data).write(), console);
        return 0;
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

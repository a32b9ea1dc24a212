package io.delever.simulation.conformance;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code delever conformance FILE}: runs worked examples against the engine. */
@Command(
        name = "conformance",
        mixinStandardHelpOptions = true,
        description = {
            "Runs worked examples against the engine and prints each failure,",
            "the number of each kind, and the kinds not covered.",
            "The format is that of docs/schema/vectors.schema.json."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:every example of a covered kind passed",
            "1:an example failed",
            "2:the call is wrong or the file cannot be read"
        })
public final class ConformanceCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int UNREADABLE = 2;

    @Spec private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "A JSON list of worked examples.")
    private Path file;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "Run the examples of this kind only.")
    private Optional<String> kind = Optional.empty();

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    @Option(
            names = "--with",
            paramLabel = "FILE",
            description = {
                "Where examples are looked up that others build on and the file lacks;",
                "default: ${DEFAULT-VALUE}, where it is there."
            },
            defaultValue = "../shared/vectors/vectors.json")
    private Path others;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        ConformanceReport report;
        try {
            List<Example> examples = ExampleFile.read(file);
            report =
                    ConformanceReport.of(
                            chosen(examples), new References(examples, otherExamples()));
        } catch (UnreadableFileException e) {
            err.println("delever conformance: " + e.getMessage());
            err.flush();
            return UNREADABLE;
        }
        out.print(json ? ConformanceText.forTools(report) : ConformanceText.forPeople(report));
        out.flush();
        return report.isPassed() ? 0 : FAILED;
    }

    private List<Example> chosen(List<Example> examples) throws UnreadableFileException {
        if (kind.isEmpty()) {
            return examples;
        }
        List<Example> chosen = examples.stream().filter(e -> e.kind().equals(kind.get())).toList();
        if (chosen.isEmpty()) {
            throw new UnreadableFileException(file + ": has no example of kind " + kind.get());
        }
        return chosen;
    }

    private List<Example> otherExamples() throws UnreadableFileException {
        return Files.isRegularFile(others) ? ExampleFile.read(others) : List.of();
    }
}

package io.delever.deploy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Programs that a machine may have or not; a test of a missing one is skipped and says so. */
final class Tools {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private Tools() {}

    /** What a program said and how it ended. */
    record Result(int code, String output) {}

    /** Whether a program is on the path. */
    static boolean isThere(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Skips the test where the program is missing. */
    static void need(String program) {
        Assumptions.assumeTrue(isThere(program), program + " is not installed");
    }

    /** Runs a program in a folder and waits for its end. */
    static Result run(Path folder, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile("tool-", ".out");
        try {
            Process process =
                    new ProcessBuilder(List.of(command))
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                            .redirectOutput(output.toFile())
                            .start();
            if (!process.waitFor(LIMIT)) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + " did not end in " + LIMIT);
            }
            return new Result(
                    process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } finally {
            Files.deleteIfExists(output);
        }
    }
}

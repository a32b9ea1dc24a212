package io.delever.simulation.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.delever.testing.Covers;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    @Covers("SIMU-001")
    void everyCommandAnswersHelpOnStandardOutput() {
        for (String name : Main.commandLine().getSubcommands().keySet()) {
            assertThat(run(name, "--help")).as(name).isZero();
            assertThat(out.toString()).as(name).contains("Usage: delever " + name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "adl", "bench --runs 0", "--nonsense", ""})
    @Covers("SIMU-001")
    void whatIsUnknownOrNotThereYetEndsWithTwoAndSaysSoOnStandardError(String words) {
        assertThat(run(words.isEmpty() ? new String[0] : words.split(" "))).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).isNotBlank();
    }

    private int run(String... args) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(args);
    }
}

package io.delever.simulation.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.delever.simulation.cli.Main;
import io.delever.testing.Covers;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    @Test
    @Covers("BNCH-001")
    void everyFigureStandsBesideTheLimitsOfTheSameRun() throws Exception {
        assertThat(run("--accounts", "2000", "--runs", "2", "--out", folder.toString())).isZero();
        JsonNode report = new JsonMapper().readTree(folder.resolve("bench.json").toFile());
        assertThat(report.get("accounts").asInt()).isEqualTo(2_000);
        assertThat(report.get("processors").asInt()).isPositive();
        assertThat(report.get("figures")).hasSizeGreaterThanOrEqualTo(4);
        for (JsonNode figure : report.get("figures")) {
            assertThat(figure.get("best").asDouble()).as(figure.toString()).isPositive();
            assertThat(out.toString()).contains(figure.get("name").asText());
            if (figure.has("met")) {
                assertThat(figure.has("aimAtLeast") || figure.has("aimAtMost")).isTrue();
            }
        }
        assertThat(report.get("figures").get(0).get("name").asText()).startsWith("limit: ");
        assertThat(report.get("figures").get(1).get("name").asText()).startsWith("limit: ");
    }

    @Test
    @Covers("BNCH-002")
    void theSweepIsCheckedBeforeItIsMeasured() {
        assertThat(run("--accounts", "500", "--runs", "1", "--out", folder.toString())).isZero();
        assertThat(err.toString())
                .contains("every state is that of exact arithmetic (500 accounts)");
    }

    @Test
    @Covers("BNCH-004")
    void sentimentIsMeasuredAgainstItsAims() throws Exception {
        assertThat(run("--accounts", "500", "--runs", "1", "--out", folder.toString())).isZero();
        assertThat(err.toString()).contains("the push closes every one of the accounts");
        JsonNode report = new JsonMapper().readTree(folder.resolve("bench.json").toFile());
        assertThat(report.get("figures").findValuesAsText("name"))
                .contains(
                        "sentiment: events through all signals",
                        "sentiment: a text scored",
                        "cascade: fixed point over all accounts");
    }

    @Test
    @Covers({"BNCH-002", "BNCH-005"})
    void indexAndMarkAreMeasuredByThemselvesAfterTheyWereChecked() throws Exception {
        assertThat(run("prices", "--accounts", "500", "--runs", "1", "--out", folder.toString()))
                .isZero();
        assertThat(err.toString())
                .contains("index and mark are those of exact arithmetic (10000 ticks)")
                .doesNotContain("the sweep");
        JsonNode report = new JsonMapper().readTree(folder.resolve("bench.json").toFile());
        assertThat(report.get("figures").findValuesAsText("name"))
                .hasSize(4)
                .contains(
                        "prices: index and mark of ten sources",
                        "prices: the same with every method");
        assertThat(report.get("figures").get(2).get("aimAtMost").asDouble()).isEqualTo(1_000);
        assertThat(run("nothing", "--out", folder.toString())).isEqualTo(2);
    }

    @Test
    @Covers("BNCH-003")
    void anAimIsMetOnItsBetterSide() {
        Figure figure = Figure.of("f", new Runs(5, 6), "ms");
        assertThat(figure.isMet()).isEqualTo(Optional.empty());
        assertThat(figure.atLeast(5).isMet()).contains(true);
        assertThat(figure.atLeast(5.1).isMet()).contains(false);
        assertThat(figure.atMost(5).isMet()).contains(true);
        assertThat(figure.atMost(4.9).isMet()).contains(false);
        assertThat(Runs.nanos(3, 1, new java.util.ArrayDeque<>(java.util.List.of(9L, 2L, 4L))::pop))
                .isEqualTo(new Runs(2, 4));
    }

    private int run(String... args) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        String[] words = new String[args.length + 1];
        words[0] = "bench";
        System.arraycopy(args, 0, words, 1, args.length);
        return line.execute(words);
    }
}

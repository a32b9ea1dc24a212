package io.delever.simulation.adl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delever.simulation.cli.Main;
import io.delever.testing.Covers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class AdlCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path EXAMPLE = Path.of("..", "docs/examples/adl.json");
    private static final Path EVENT = Path.of("../../shared/data/01_hyperliquid_2025-10-10");
    private static final int POLICIES = 6;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    @Test
    @Covers({"ADLQ-045", "SIMU-090"})
    void theExampleShowsEveryPolicy() throws IOException {
        assertThat(run("adl", EXAMPLE.toString())).isZero();
        assertThat(out.toString())
                .contains("BTC-PERP: -10 at 100, mark 90", "needed", "taken", "overshoot")
                .contains("QUEUE", "PRO_RATA", "CAPPED_PRO_RATA", "RISK_AWARE_PRO_RATA")
                .contains("MINIMAX_LEVERAGE", "MINIMAX_FACTOR_LEVERAGE");
        assertThat(run("adl", EXAMPLE.toString(), "--json")).isZero();
        JsonNode policies = JSON.readTree(out.toString()).at("/comparisons/0/policies");
        assertThat(policies).hasSize(POLICIES);
        for (JsonNode policy : policies) {
            assertThat(policy.get("needed").textValue()).isEqualTo("100");
            assertThat(policy.get("taken").textValue()).isEqualTo("100");
            assertThat(policy.get("overshoot").textValue()).isEqualTo("0");
            assertThat(policy.get("negativeAfter").intValue()).isZero();
        }
        assertThat(policies.get(0).get("largestHaircut").textValue()).isEqualTo("0.4");
    }

    @ParameterizedTest
    @Covers("SIMU-090")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"bold\"|\"calm\"|account calm is given twice",
                "\"size\": \"-10\"|\"size\": \"0\"|the size to close is 0",
                "\"lotSize\": \"1\"|\"lotSize\": \"0\"|must be greater than 0",
                "\"severity\": \"1\"|\"severity\": \"1.5\"|must be at most 1000000",
                "\"markPrice\": \"90\"|\"markPrice\": 90|must be a string",
                "\"equity\": \"7200\"|\"wealth\": \"7200\"|unknown field 'wealth'",
            })
    void aBadFileIsNamedWithItsPlace(String from, String to, String message) throws IOException {
        Path file = folder.resolve("bad.json");
        Files.writeString(file, Files.readString(EXAMPLE).replace(from, to));
        assertThat(run("adl", file.toString())).isEqualTo(Main.EXIT_FAILED);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("bad.json", message);
    }

    @Test
    @Covers("SIMU-090")
    void aWrongCallEndsWithTwo() {
        assertThat(run("adl")).isEqualTo(Main.EXIT_USAGE);
        assertThat(err.toString()).contains("either FILE or --measure");
        assertThat(run("adl", "--measure", "0")).isEqualTo(Main.EXIT_USAGE);
        assertThat(run("adl", EXAMPLE.toString(), "--shock", "2")).isEqualTo(Main.EXIT_USAGE);
        assertThat(run("adl", EXAMPLE.toString(), "--shock", "x")).isEqualTo(Main.EXIT_USAGE);
        assertThat(run("adl", folder.toString())).isEqualTo(Main.EXIT_FAILED);
        assertThat(err.toString()).contains("which the recorded event consists of");
    }

    @Test
    @Covers("SIMU-091")
    void planningIsMeasuredPolicyByPolicy() {
        assertThat(run("adl", "--measure", "200")).isZero();
        assertThat(out.toString()).contains("200 counterparties", "p50", "MINIMAX_LEVERAGE");
    }

    @Test
    @Covers({"ADLQ-046", "SIMU-092"})
    void onTheRecordedAccountsNoPolicyTakesMoreThanIsNeeded() throws IOException {
        assumeTrue(Files.isDirectory(EVENT), "no recorded event at " + EVENT);
        assertThat(run("adl", EVENT.toString(), "--json")).isZero();
        JsonNode comparisons = JSON.readTree(out.toString()).get("comparisons");
        assertThat(comparisons).hasSize(2);
        for (JsonNode policy : comparisons.get(0).get("policies")) {
            assertThat(policy.get("needed").textValue()).startsWith("23191104.48");
            assertThat(policy.get("taken")).isEqualTo(policy.get("needed"));
            assertThat(policy.get("overshoot").textValue()).isEqualTo("0");
            assertThat(policy.get("negativeAfter").intValue()).isZero();
        }
        for (JsonNode policy : comparisons.get(1).get("policies")) {
            // 75 rounds, one unit of 10^-8 for each winner at most.
            assertThat(new BigDecimal(policy.get("overshoot").textValue()))
                    .isLessThan(new BigDecimal("0.00001"));
            assertThat(policy.get("negativeAfter").intValue()).isZero();
        }
        assertThat(run("adl", EVENT.toString())).isZero();
        assertThat(out.toString()).contains("profit of 834554147.7565", "19337 accounts");
    }

    private int run(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(words);
    }
}

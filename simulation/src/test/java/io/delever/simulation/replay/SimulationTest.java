package io.delever.simulation.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.delever.engine.account.AccountId;
import io.delever.simulation.SmallScenario;
import io.delever.simulation.market.MarketSources;
import io.delever.simulation.report.RunSummary;
import io.delever.simulation.report.SummaryFormat;
import io.delever.simulation.scenario.Scenario;
import io.delever.simulation.scenario.Scenarios;
import io.delever.testing.Covers;
import io.delever.testing.SeededTest;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class SimulationTest {
    /** Everything that a run leaves behind. */
    private record Run(RunSummary summary, String events, String json, String report) {
        String digest() {
            try {
                byte[] bytes = (events + json + report).getBytes(StandardCharsets.UTF_8);
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                return HexFormat.of().formatHex(digest.digest(bytes));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static Run run(Scenario scenario, Optional<Path> tape) {
        StringWriter events = new StringWriter();
        try (EventLog log = new EventLog(events)) {
            Simulation simulation =
                    new Simulation(scenario, MarketSources.open(scenario, tape), log);
            RunSummary summary = simulation.run(market -> {});
            return new Run(
                    summary,
                    events.toString(),
                    SummaryFormat.json(summary),
                    HtmlReport.of(simulation, summary));
        }
    }

    @Test
    @Covers({"SIMU-060", "SIMU-061", "SIMU-062"})
    void theSameScenarioGivesTheSameBytesAndConservesEveryUnit() {
        Run first = run(SmallScenario.scenario(), Optional.empty());
        Run second = run(SmallScenario.scenario(), Optional.empty());
        assertThat(second.digest()).isEqualTo(first.digest());
        assertThat(run(SmallScenario.scenario().withSeed(12), Optional.empty()).digest())
                .isNotEqualTo(first.digest());
        RunSummary summary = first.summary();
        assertThat(summary.holds()).as(SummaryFormat.text(summary)).isTrue();
        assertThat(summary.accounts().liquidated()).isGreaterThan(20);
        assertThat(summary.cases().closedNotional().isPositive()).isTrue();
        assertThat(summary.cases().fees().isPositive()).isTrue();
        assertThat(summary.fund().paid().isPositive()).isTrue();
        assertThat(summary.ticks().accepted()).isEqualTo(summary.ticks().in());
        assertThat(summary.instruments())
                .hasSize(3)
                .allMatch(move -> move.fallPpm() > 50_000)
                .anyMatch(move -> move.amplificationPpm() > 0);
        assertThat(first.events()).contains("\"event\":\"case opened\"").endsWith("}\n");
        assertThat(first.report()).contains("<svg").contains("Insurance fund");
    }

    @SeededTest
    @Covers("SIMU-061")
    void anySeedConservesEveryUnit(long seed) {
        Run run = run(SmallScenario.scenario().withSeed(seed & Long.MAX_VALUE), Optional.empty());
        assertThat(run.summary().holds()).as(run.json()).isTrue();
    }

    @Test
    @Covers("SIMU-063")
    void namesMakeNoDifferenceSoNobodyCanBeExemptByName() {
        Scenario scenario = SmallScenario.scenario();
        MarketSources sources = MarketSources.open(scenario, Optional.empty());
        RunSummary plain = run(scenario, Optional.empty()).summary();
        try (EventLog log = new EventLog(new StringWriter())) {
            Simulation renamed =
                    new Simulation(scenario, sources, log, id -> new AccountId("x." + id.value()));
            RunSummary other = renamed.run(market -> {});
            assertThat(other.cases()).isEqualTo(plain.cases());
            assertThat(other.fund()).isEqualTo(plain.fund());
            assertThat(other.adl()).isEqualTo(plain.adl());
            assertThat(other.instruments()).isEqualTo(plain.instruments());
        }
    }

    @Test
    @Covers("SIMU-064")
    void theRecordedCrashRunsThroughWithEveryTickAccountedFor() {
        Path tape = Path.of(System.getProperty("delever.tape", "../../shared/data"));
        Assumptions.assumeTrue(
                Files.isDirectory(tape), "skipped: no recorded data at " + tape.toAbsolutePath());
        Scenario scenario = Scenarios.load("october-10-2025").withAccounts(1_000);
        // The worst twenty minutes; the whole evening is what the command plays.
        long from = scenario.fromNanos() + 20 * 60_000_000_000L;
        Scenario worst = scenario.between(from, from + 20 * 60_000_000_000L);
        RunSummary summary = run(worst, Optional.of(tape)).summary();
        assertThat(summary.holds()).as(SummaryFormat.text(summary)).isTrue();
        long rejected =
                summary.ticks().rejected().values().stream().mapToLong(Long::longValue).sum();
        assertThat(summary.ticks().accepted() + rejected).isEqualTo(summary.ticks().in());
        assertThat(summary.ticks().in()).isGreaterThan(50_000);
        assertThat(summary.ticks().badRows()).isZero();
        assertThat(summary.accounts().liquidated()).isGreaterThan(100);
        assertThat(summary.instruments()).hasSize(20);
    }
}

package io.delever.simulation.prices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.delever.engine.money.Price;
import io.delever.simulation.cli.Main;
import io.delever.simulation.market.SourceKey;
import io.delever.simulation.market.TickSeries;
import io.delever.testing.Covers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PricesCommandTest {
    private static final Path ROOT = Path.of(System.getProperty("basedir", ".")).resolve("..");
    private static final Path DATA = ROOT.resolve("../shared/data");
    private static final List<SourceKey> VENUES =
            List.of(
                    new SourceKey(MarketRun.COINBASE, "X-USD"),
                    new SourceKey(MarketRun.GEMINI, "XUSD"),
                    new SourceKey(MarketRun.PERPETUAL, "XUSD_PERP"));
    private static final long BEGIN = MarketRun.CRASH - 60 * MarketRun.SECOND;

    private final StringWriter output = new StringWriter();
    private final StringWriter messages = new StringWriter();
    @TempDir private Path out;

    private int run(Path data) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(output));
        line.setErr(new PrintWriter(messages));
        return line.execute("prices", data.toString(), "--out", out.toString());
    }

    /** Every page and plot in the documentation is what the recording gives today. */
    @Test
    @Covers({"SIMU-100", "SIMU-101", "SIMU-102", "SIMU-103", "SIMU-104"})
    void everyRuleHoldsOnTheRecordedDayAndTheDocumentationSaysSo() throws IOException {
        assumeTrue(Files.exists(DATA), "skipped: no recorded data at " + DATA);

        assertThat(run(DATA)).isZero();

        assertThat(output.toString()).endsWith("\nEvery rule held.\n").doesNotContain("!");
        try (Stream<Path> documented = Files.list(ROOT.resolve("docs/prices"))) {
            for (Path file : documented.toList()) {
                assertThat(out.resolve(file.getFileName())).hasSameTextualContentAs(file);
            }
        }
        assertThat(out).isDirectoryContaining("glob:**/usde.svg");
    }

    @Test
    @Covers("SIMU-104")
    void aFolderWithoutTheRecordingIsNamed() {
        assertThat(run(out)).isEqualTo(Main.EXIT_FAILED);

        assertThat(messages.toString()).contains(out.toString());
    }

    /** Two minutes in which the perpetual falls by half a percent of its first price a second. */
    private static TickSeries falling() {
        TickSeries.Builder ticks = new TickSeries.Builder(VENUES);
        for (int second = 0; second < 120; second++) {
            long now = BEGIN + second * MarketRun.SECOND;
            ticks.add(0, now, 10_000_000_000L + second, 1);
            ticks.add(1, now, 10_010_000_000L + second, 1);
            ticks.add(2, now, 10_000_000_000L - second * 50_000_000L, 1);
        }
        return ticks.build();
    }

    @Test
    @Covers({"SIMU-100", "SIMU-101"})
    void aPerpetualThatFallsAloneDoesNotMoveTheIndex() {
        Finding found = Finding.of(MarketRun.play("X", falling(), Tampering.NONE));

        assertThat(found.holds()).isTrue();
        assertThat(found.perpetualSharePpm()).isBetween(400_000L, 420_000L);
        assertThat(found.worstIndexPpm()).isLessThan(10_000);
        assertThat(found.worstMarkPpm()).isEqualTo(20_000);
        assertThat(found.unusableNanos()).isZero();
        assertThat(found.namedAfterNanos()).contains(0L);
        assertThat(found.alarms()).isPositive();
    }

    @Test
    @Covers({"SIMU-100", "SIMU-103"})
    void oneVenueLeftIsJudgedAfterTheStalenessLimit() {
        Finding found = Finding.of(MarketRun.play("X", falling(), Tampering.ALONE));

        assertThat(found.holds()).isTrue();
        assertThat(found.caseNanos()).isEqualTo(38 * MarketRun.SECOND);
        assertThat(found.namedAfterNanos()).contains(MarketRun.STALENESS + MarketRun.SECOND);
    }

    /** A case that never came proves nothing. */
    @Test
    @Covers("SIMU-101")
    void withoutItsCaseARunDoesNotHold() {
        TickSeries.Builder calm = new TickSeries.Builder(VENUES);
        for (int second = 0; second < 10; second++) {
            for (int venue = 0; venue < VENUES.size(); venue++) {
                calm.add(venue, BEGIN + second * MarketRun.SECOND, 10_000_000_000L, 1);
            }
        }

        Finding found = Finding.of(MarketRun.play("X", calm.build(), Tampering.NONE));

        assertThat(found.brokenNanos()).isZero();
        assertThat(found.holds()).isFalse();
    }

    @Test
    @Covers("SIMU-102")
    void collateralThatFollowsItsMarketsDoesNotHold() {
        Price low = Price.parse("0.65");
        Price one = Price.parse("1");

        assertThat(CollateralRun.play(List.of(new DepegTape.Quotes(1, low, one))).holds()).isTrue();
        assertThat(CollateralRun.play(List.of(new DepegTape.Quotes(1, low, low))).holds())
                .isFalse();
    }
}

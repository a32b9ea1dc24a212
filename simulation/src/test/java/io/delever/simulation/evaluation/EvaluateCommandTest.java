package io.delever.simulation.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.delever.engine.sentiment.EarlyWarning;
import io.delever.engine.sentiment.WarningHorizon;
import io.delever.simulation.cli.Main;
import io.delever.testing.Covers;
import io.delever.testing.SeededTest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EvaluateCommandTest {
    private static final Path DATA = Path.of("../../shared/data");
    private static final long START = 1_651_622_400_000L;
    private static final long STEP = 5 * Bars.MINUTE;

    @TempDir private Path folder;

    @Test
    @Covers("EVAL-001")
    void whatIsNotThereIsSkippedAndSaid() throws IOException {
        Path out = folder.resolve("out");
        assertThat(run(folder, out)).isZero();
        for (String page : List.of("fear-greed", "text", "early-warning", "replays")) {
            assertThat(Files.readString(out.resolve(page + ".md"))).contains("Skipped:");
        }
        assertThat(Files.readString(out.resolve("README.md"))).contains("could not be evaluated");
        assertThat(run(folder.resolve("absent"), out)).isEqualTo(Main.EXIT_FAILED);
    }

    /** Three days of two seeded markets in the form of the recording of May 2022. */
    @Test
    @Covers({"EVAL-001", "EVAL-003", "EVAL-004", "EVAL-007"})
    void aWindowShowsEveryPredictorWithIntervalsAndTwiceTheSameBytes() throws IOException {
        Path data = folder.resolve("data");
        StringBuilder rows =
                new StringBuilder(
                        "symbol,open_time_ms,open,high,low,close,volume_contracts_or_base\n");
        for (String symbol : List.of("BTC-USDT-SWAP", "ETH-USDT-SWAP")) {
            Random random = new Random(symbol.hashCode());
            for (Bar bar : bars(random, 1_000)) {
                rows.append(
                        String.format(
                                Locale.ROOT,
                                "%s,%d,%.6f,%.6f,%.6f,%.6f,%d%n",
                                symbol,
                                bar.startNanos() / 1_000_000,
                                bar.open(),
                                bar.high(),
                                bar.low(),
                                bar.close(),
                                1 + random.nextInt(100)));
            }
        }
        write(data.resolve("04_okx_perp_2022/okx_usdt_swap_5m_2022-05_luna_ust.csv.gz"), rows);
        Path one = folder.resolve("one");
        Path two = folder.resolve("two");
        assertThat(run(data, one)).isZero();
        assertThat(run(data, two)).isZero();
        String page = Files.readString(one.resolve("early-warning.md"));
        assertThat(page).isEqualTo(Files.readString(two.resolve("early-warning.md")));
        String quarter =
                page.lines().filter(line -> line.startsWith("| 15m |")).findFirst().orElseThrow();
        assertThat(quarter.split("\\|", -1)).hasSize(13);
        assertThat(quarter).containsPattern("\\(-?\\d+\\.\\d{3} to -?\\d+\\.\\d{3}\\)");
        assertThat(page).contains("too few days to tell it from volatility alone");
        assertThat(page).contains("| 0.0–0.1 |");
        assertThat(Files.readString(one.resolve("reliability-may-2022.svg")))
                .startsWith("<svg xmlns")
                .contains("<circle");
        assertThat(Files.readString(one.resolve("replays.md")))
                .contains("score below 45 (fear)", "alert at watch", "it held");
    }

    @SeededTest
    @Covers("EVAL-002")
    void laterDataChangeNoEarlierForecast(long seed) {
        Random random = new Random(seed);
        List<Bar> bars = bars(random, 900);
        List<Bar> changed = new ArrayList<>(bars.subList(0, 700));
        for (Bar bar : bars.subList(700, 900)) {
            changed.add(
                    new Bar(
                            bar.startNanos(),
                            bar.open() / 2,
                            bar.high() / 2,
                            bar.low() / 2,
                            bar.close() / 2,
                            1));
        }
        List<Outcome> one = walk(bars, 700);
        assertThat(one).isEqualTo(walk(changed, 700)).isNotEmpty();
        assertThat(walk(bars, 900)).isNotEqualTo(walk(changed, 900));
    }

    private static List<Outcome> walk(List<Bar> bars, int upTo) {
        Walk walk = new Walk(new EarlyWarning.Learning(1_000, 20, 5, STEP), Bars.HOUR);
        for (Bar bar : bars.subList(0, upTo)) {
            walk.bar("A", bar, STEP, Optional.empty());
        }
        return walk.takeOutcomes().getOrDefault(WarningHorizon.HOUR_1, List.of());
    }

    @Test
    @Covers("EVAL-005")
    void ranksTieAtTheirMeanAndBlocksGiveAnInterval() {
        double[] up = {1, 2, 2, 3};
        assertThat(Statistics.rankCorrelation(up, new double[] {10, 20, 20, 99})).isEqualTo(1);
        assertThat(Statistics.rankCorrelation(up, new double[] {4, 3, 3, 1})).isEqualTo(-1);
        List<List<Double>> blocks = List.of(List.of(1d, 2d), List.of(3d), List.of(8d, 10d));
        Statistics.Interval mean =
                Statistics.interval(
                        blocks, rows -> rows.stream().mapToDouble(d -> d).average().orElse(0));
        assertThat(mean.value()).isEqualTo(4.8);
        assertThat(mean.low()).isBetween(1d, 4.8);
        assertThat(mean.high()).isBetween(4.8, 10d);
    }

    @Test
    @Covers({"EVAL-005", "EVAL-006"})
    void theRecordedIndexAndTheLabelledCommentsAreMeasured() {
        assumeTrue(Files.isDirectory(DATA), "skipped: no recorded data at " + DATA);
        String texts = new TextStudy(new DataFolder(DATA)).write().text();
        assertThat(texts).contains("562 comments", "302 labelled positive and 260 negative");
        long confused =
                texts.lines()
                        .filter(line -> line.startsWith("| labelled "))
                        .mapToLong(EvaluateCommandTest::numbers)
                        .sum();
        assertThat(confused).isEqualTo(2 * 562);
        String index = new FearGreedStudy(new DataFolder(DATA)).write().text();
        assertThat(index).contains("716 days").contains("contribution of drawdown alone | 0.");
    }

    private static long numbers(String line) {
        long sum = 0;
        for (String field : line.split("\\|", -1)) {
            sum += field.strip().matches("\\d+") ? Long.parseLong(field.strip()) : 0;
        }
        return sum;
    }

    @Test
    @Covers("EVAL-001")
    void quotedFieldsMayHoldCommasQuotesAndLines() {
        assertThat(DataFolder.fields("a,b\n\"x, \"\"y\"\"\nz\",2\n"))
                .containsExactly(List.of("a", "b"), List.of("x, \"y\"\nz", "2"));
    }

    /** A walk whose step is now small, now large. */
    private static List<Bar> bars(Random random, int count) {
        List<Bar> bars = new ArrayList<>();
        double price = 100;
        double size = 0.003;
        for (int i = 0; i < count; i++) {
            size = Math.clamp(size * StrictMath.exp(0.3 * random.nextGaussian()), 0.001, 0.02);
            double open = price;
            price = open * StrictMath.exp(size * random.nextGaussian());
            double high = Math.max(open, price) * (1 + size / 2);
            double low = Math.min(open, price) * (1 - size / 2);
            bars.add(new Bar(START * 1_000_000 + i * STEP, open, high, low, price, 1));
        }
        return bars;
    }

    private static void write(Path file, CharSequence text) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static int run(Path data, Path out) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(new StringWriter()));
        line.setErr(new PrintWriter(new StringWriter()));
        return line.execute("evaluate", data.toString(), "--out", out.toString());
    }
}

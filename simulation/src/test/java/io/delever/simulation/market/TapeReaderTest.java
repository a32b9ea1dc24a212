package io.delever.simulation.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.simulation.scenario.ScenarioException;
import io.delever.testing.Covers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TapeReaderTest {
    private static final String HEADER =
            "venue,market,open_time_ms,open,high,low,close,volume,trades,taker_sell_volume,vwap\n";
    private static final List<SourceKey> MARKETS =
            List.of(new SourceKey("a", "X-USD"), new SourceKey("b", "XUSD"));

    @TempDir private Path folder;

    @Test
    @Covers({"SIMU-030", "SIMU-031"})
    void aBarBecomesTicksInTheOrderOfItsPricesAndMarketsAreMergedByTime() throws IOException {
        TickSeries ticks =
                read(
                                "a,X-USD,1000,10,12,9,11,5,1,0,10",
                                "a,X-USD,2000,11,12,9,10,7,1,0,10",
                                "a,X-USD,3000,10,10,10,10,0,1,0,10",
                                "b,XUSD,1000,20,20,20,20,3,1,0,20")
                        .read();
        assertThat(lines(ticks))
                .containsExactly(
                        "1000 a 10 0",
                        "1000 b 20 0",
                        "1250 a 9 0",
                        "1500 a 12 0",
                        "1750 a 11 5",
                        "1750 b 20 3",
                        "2000 a 11 0",
                        "2250 a 12 0",
                        "2500 a 9 0",
                        "2750 a 10 7",
                        "3000 a 10 0");
    }

    @Test
    @Covers("SIMU-032")
    void badRowsAreLeftOutCountedAndNamed() throws IOException {
        TapeReader reader =
                read(
                        "a,X-USD,1000,10,12,9,11,5,1,0,10",
                        "a,X-USD,2000,11,12,9",
                        "a,X-USD,3000,eleven,12,9,10,7,1,0,10",
                        "a,X-USD,4000,10,9,12,10,7,1,0,10",
                        "a,X-USD,5000,0,0,0,0,7,1,0,10",
                        "a,X-USD,6000,10,12,9,11,-1,1,0,10",
                        "a,X-USD,1000,10,12,9,11,5,1,0,10",
                        "c,other,1000,10,12,9,11,5,1,0,10",
                        "a,X-USD,9000,10,12,9,11,5,1,0,10",
                        "x".repeat(5_000));
        TickSeries ticks = reader.read();
        assertThat(ticks.size()).isEqualTo(4);
        TapeReport report = reader.report();
        assertThat(report.rows()).isEqualTo(10);
        assertThat(report.unmapped()).isEqualTo(1);
        assertThat(report.outside()).isEqualTo(1);
        assertThat(report.bad()).isEqualTo(7);
        assertThat(report.firstBad().getFirst()).isEqualTo("line 3: expected 11 columns, found 6");
        assertThat(report.firstBad()).hasSize(7).allMatch(line -> line.startsWith("line "));
    }

    @Test
    @Covers("SIMU-032")
    void tooManyBadRowsRefuseTheFileAndOnlyTenAreNamed() throws IOException {
        String[] rows = new String[TapeReader.MOST_BAD_ROWS + 1];
        Arrays.fill(rows, "bad");
        TapeReader reader = read(rows);
        assertThatThrownBy(reader::read)
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("more than 1000 bad rows");
        assertThat(reader.report().firstBad()).hasSize(TapeReader.NAMED_BAD_ROWS);
    }

    @Test
    @Covers("SIMU-033")
    void whatIsNoTapeIsRefusedByName() throws IOException {
        Path file = folder.resolve("bars.csv");
        Files.writeString(file, "something,else\n");
        assertThatThrownBy(() -> new TapeReader(file, MARKETS, 0, 1).read())
                .hasMessageContaining("bars.csv line 1: expected the header");
        Path cut = folder.resolve("cut.csv.gz");
        byte[] whole = compressed(HEADER + "a,X-USD,1000,10,12,9,11,5,1,0,10\n".repeat(500));
        Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> new TapeReader(cut, MARKETS, 0, 8_000_000_000L).read())
                .isInstanceOf(ScenarioException.class)
                .hasMessageContaining("cut.csv.gz: cannot be read after row");
        assertThatThrownBy(() -> TapeFolder.find(folder.resolve("nowhere")))
                .hasMessageContaining("nowhere is not a folder");
        assertThatThrownBy(() -> TapeFolder.find(folder))
                .hasMessageContaining("hold no file trade_bars_1s");
    }

    @Test
    @Covers("SIMU-034")
    void depthFollowsTheSellingSideRelativeToTheStart() throws IOException {
        Path file = folder.resolve("depth.csv");
        List<String> rows = new ArrayList<>();
        rows.addAll(snapshot("1970-01-01 00:00:01", 10, 20, 30, 40, 50));
        rows.addAll(snapshot("1970-01-01 00:00:05", 10, 40, 60, 80, 100));
        rows.addAll(snapshot("1970-01-01 00:00:09", 1, 2, 3, 4, 5));
        Files.writeString(
                file,
                "timestamp,percentage,depth,notional,weighted_avg_price\n"
                        + String.join("\n", rows)
                        + "\n");
        DepthProfile profile = DepthReader.read(file, 6_000_000_000L);
        assertThat(profile.at(6_000_000_000L))
                .containsExactly(100_000, 400_000, 600_000, 800_000, 1_000_000);
        assertThat(profile.at(8_999_999_999L)[4]).isEqualTo(1_000_000);
        assertThat(profile.at(9_000_000_000L))
                .containsExactly(10_000, 20_000, 30_000, 40_000, 50_000);
        assertThat(profile.at(0)[4]).isEqualTo(500_000);
        Files.writeString(file, "timestamp,percentage,depth,notional,weighted_avg_price\nx,1,2\n");
        assertThatThrownBy(() -> DepthReader.read(file, 0))
                .hasMessageContaining("depth.csv line 2: expected 5 columns, found 3");
    }

    private static List<String> snapshot(String time, int... depth) {
        List<String> rows = new ArrayList<>();
        for (int percent = 1; percent <= 5; percent++) {
            rows.add(time + ",-" + percent + ",9999,1,1");
            rows.add(time + "," + percent + "," + depth[percent - 1] + ",1,1");
        }
        return rows;
    }

    private TapeReader read(String... rows) throws IOException {
        Path file = folder.resolve("bars.csv.gz");
        Files.write(file, compressed(HEADER + String.join("\n", rows) + "\n"));
        return new TapeReader(file, MARKETS, 0, 8_000_000_000L);
    }

    private static byte[] compressed(String text) throws IOException {
        var bytes = new java.io.ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static List<String> lines(TickSeries ticks) {
        return IntStream.range(0, ticks.size())
                .mapToObj(
                        i ->
                                ticks.timeNanos(i) / 1_000_000
                                        + " "
                                        + ticks.sources().get(ticks.source(i)).venue()
                                        + " "
                                        + ticks.priceE8(i) / 100_000_000
                                        + " "
                                        + ticks.sizeE8(i) / 100_000_000)
                .collect(Collectors.toList());
    }
}

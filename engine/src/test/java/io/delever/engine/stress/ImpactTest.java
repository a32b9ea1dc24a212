package io.delever.engine.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.delever.engine.stress.DepthCalibration.Depth;
import io.delever.testing.Covers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class ImpactTest {
    private static final Path BOOK =
            Path.of(
                    "../../shared/data/02_venues_2025-10-10/"
                            + "binance_usdm_BTCUSDT_bookDepth_2025-10-10.csv.gz");

    @Test
    @Covers("STRS-010")
    void sellingLowersByAsMuchAsBuyingRaises() {
        Impact linear = new Impact.Linear(0.5);
        Impact root = new Impact.SquareRoot(3);
        assertThat(linear.fall(8)).isEqualTo(4);
        assertThat(linear.fall(-8)).isEqualTo(-4);
        assertThat(root.fall(16)).isEqualTo(12);
        assertThat(root.fall(-16)).isEqualTo(-12);
        assertThat(root.fall(0)).isZero();
        assertThatThrownBy(() -> new Impact.Linear(-1)).hasMessageContaining("alpha: -1.0");
        assertThatThrownBy(() -> new Impact.SquareRoot(Double.NaN)).hasMessageContaining("NaN");
    }

    @Test
    @Covers("STRS-011")
    void theMeanIsHalfOrTwoThirdsOfTheFirstMove() {
        assertThat(new Impact.Linear(0.5).meanFall(0, 8)).isEqualTo(2);
        assertThat(new Impact.SquareRoot(3).meanFall(0, 16)).isCloseTo(8, within(1e-12));
        assertThat(new Impact.Linear(0.5).meanFall(8, 8)).isEqualTo(4);
        // From a sold market to a bought one: the falls on both sides cancel.
        assertThat(new Impact.Linear(0.5).meanFall(8, -8)).isZero();
    }

    @Test
    @Covers("STRS-011")
    void twoFlowsCostAsMuchAsBothAtOnce() {
        for (Impact impact : List.of(new Impact.Linear(0.25), new Impact.SquareRoot(2))) {
            double apart = impact.meanFall(0, 3) * 3 + impact.meanFall(3, 10) * 7;
            assertThat(apart).isCloseTo(impact.meanFall(0, 10) * 10, within(1e-9));
        }
    }

    @Test
    @Covers("STRS-012")
    void aBookThatFollowsTheModelGivesItBack() {
        List<Depth> straight = List.of(new Depth(1, 4), new Depth(2, 8), new Depth(5, 20));
        assertThat(DepthCalibration.linear(straight).alpha()).isCloseTo(0.25, within(1e-12));
        List<Depth> root = List.of(new Depth(2, 1), new Depth(4, 4), new Depth(6, 9));
        assertThat(DepthCalibration.squareRoot(root).coefficient()).isCloseTo(2, within(1e-12));
        assertThatThrownBy(() -> DepthCalibration.linear(List.of())).hasMessageContaining("depth");
    }

    @Test
    @Covers("STRS-012")
    void theRecordedBookOfTheCrashCostsMoreThanThatOfTheMorning() throws IOException {
        assumeTrue(Files.isRegularFile(BOOK), "no recorded depth at " + BOOK);
        double calm = DepthCalibration.linear(bids("2025-10-10 12:0")).alpha();
        double crash = DepthCalibration.linear(bids("2025-10-10 21:2")).alpha();
        assertThat(crash).isGreaterThan(2 * calm);
    }

    /** The depths on the bid side in this span of time, per cent of the mid as distance. */
    private static List<Depth> bids(String timePrefix) throws IOException {
        List<Depth> depths = new ArrayList<>();
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                new GZIPInputStream(Files.newInputStream(BOOK)),
                                StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] fields = line.split(",", -1);
                if (line.startsWith(timePrefix) && Double.parseDouble(fields[1]) < 0) {
                    depths.add(
                            new Depth(
                                    -Double.parseDouble(fields[1]), Double.parseDouble(fields[2])));
                }
            }
        }
        return depths;
    }
}

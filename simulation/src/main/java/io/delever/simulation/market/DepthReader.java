package io.delever.simulation.market;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Rounding;
import io.delever.simulation.scenario.ScenarioException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the recorded depth of a book: every half minute the size within 1 to 5 % of the price, on
 * each side.
 *
 * <p>The profile takes the selling side for both sides. On the recorded day the buying side carries
 * a level that was never removed (17.65 at 121,363 from 15:30 on) and is measured from a wrong
 * middle; the selling side's total is whole. Depth within k % is the recorded depth within k % over
 * the recorded depth within 5 % at the start.
 */
public final class DepthReader {
    private static final String HEADER = "timestamp,percentage,depth,notional,weighted_avg_price";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final int COLUMNS = 5;

    private DepthReader() {}

    /**
     * Reads the profile.
     *
     * @param file the file
     * @param startNanos the instant whose depth within 5 % is 100 %
     * @throws ScenarioException where the file cannot be read, is not such a file or does not reach
     *     the start
     */
    public static DepthProfile read(Path file, long startNanos) {
        List<Snapshot> snapshots = new ArrayList<>();
        try (BufferedReader in = TapeReader.open(file)) {
            String header = in.readLine();
            if (!HEADER.equals(header)) {
                throw new ScenarioException(
                        file + " line 1: expected the header \"" + HEADER + "\"");
            }
            long line = 1;
            for (String row = in.readLine(); row != null; row = in.readLine()) {
                line++;
                try {
                    take(row, snapshots);
                } catch (RuntimeException e) {
                    throw new ScenarioException(file + " line " + line + ": " + e.getMessage(), e);
                }
            }
        } catch (IOException e) {
            throw new ScenarioException(file + ": cannot be read: " + e.getMessage(), e);
        }
        return profile(file, startNanos, snapshots);
    }

    private static void take(String row, List<Snapshot> snapshots) {
        String[] cells = row.split(",", -1);
        if (cells.length != COLUMNS) {
            throw new IllegalArgumentException(
                    "expected " + COLUMNS + " columns, found " + cells.length);
        }
        int percent = Integer.parseInt(cells[1]);
        if (percent < 1 || percent > DepthProfile.BANDS) {
            return;
        }
        long at =
                Math.multiplyExact(
                        LocalDateTime.parse(cells[0], TIME).toEpochSecond(ZoneOffset.UTC),
                        1_000_000_000L);
        if (snapshots.isEmpty() || snapshots.getLast().atNanos != at) {
            snapshots.add(new Snapshot(at));
        }
        snapshots.getLast().depthE8[percent - 1] = FixedPoint.parseE8(cells[2]);
    }

    private static DepthProfile profile(Path file, long startNanos, List<Snapshot> snapshots) {
        Snapshot start = null;
        for (Snapshot snapshot : snapshots) {
            if (start == null || snapshot.atNanos <= startNanos) {
                start = snapshot;
            }
        }
        if (start == null || start.depthE8[DepthProfile.BANDS - 1] <= 0) {
            throw new ScenarioException(file + ": no depth within 5 % at the start");
        }
        long whole = start.depthE8[DepthProfile.BANDS - 1];
        List<DepthProfile.Step> steps = new ArrayList<>();
        for (Snapshot snapshot : snapshots) {
            List<Long> shares = new ArrayList<>();
            for (long depth : snapshot.depthE8) {
                shares.add(FixedPoint.mulDiv(depth, FixedPoint.ONE_PPM, whole, Rounding.FLOOR));
            }
            steps.add(new DepthProfile.Step(snapshot.atNanos, shares));
        }
        return new DepthProfile(steps);
    }

    private static final class Snapshot {
        private final long atNanos;
        private final long[] depthE8 = new long[DepthProfile.BANDS];

        Snapshot(long atNanos) {
            this.atNanos = atNanos;
        }
    }
}

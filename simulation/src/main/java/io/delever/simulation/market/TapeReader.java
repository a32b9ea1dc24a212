package io.delever.simulation.market;

import io.delever.engine.money.FixedPoint;
import io.delever.simulation.scenario.ScenarioException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Reads recorded one-second bars, line by line, into ticks. A bar becomes up to four ticks a
 * quarter of a second apart: open, low, high, close where it closed at or above its open, and open,
 * high, low, close where it fell; a price equal to the one before it in the bar is left out. The
 * bar's volume stands on its close.
 *
 * <p>A bad row is left out, counted and named; more than {@link #MOST_BAD_ROWS} end the reading.
 */
public final class TapeReader {
    /** With more bad rows than this the file is refused. */
    public static final int MOST_BAD_ROWS = 1000;

    /** Bad rows that are named one by one. */
    public static final int NAMED_BAD_ROWS = 10;

    private static final String HEADER =
            "venue,market,open_time_ms,open,high,low,close,volume,trades,taker_sell_volume,vwap";
    private static final int COLUMNS = 11;
    private static final int LONGEST_LINE = 4096;
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final long QUARTER_NANOS = 250_000_000L;

    private final Path file;
    private final long fromNanos;
    private final long toNanos;
    private final Map<SourceKey, Integer> places = new HashMap<>();
    private final TickSeries.Builder ticks;
    private final long[] lastOpen;
    private final List<String> firstBad = new ArrayList<>();
    private long rows;
    private long unmapped;
    private long outside;
    private long bad;

    /**
     * A reader of one file.
     *
     * @param file the file, compressed with gzip where its name ends so
     * @param markets the markets to keep
     * @param fromNanos first instant to keep
     * @param toNanos first instant not to keep
     */
    public TapeReader(Path file, List<SourceKey> markets, long fromNanos, long toNanos) {
        this.file = file;
        this.fromNanos = fromNanos;
        this.toNanos = toNanos;
        this.ticks = new TickSeries.Builder(markets);
        this.lastOpen = new long[markets.size()];
        Arrays.fill(lastOpen, Long.MIN_VALUE);
        for (SourceKey market : markets) {
            places.put(market, places.size());
        }
    }

    /**
     * Reads the file to its end.
     *
     * @throws ScenarioException where the file cannot be read, is not such a file, or has too many
     *     bad rows
     */
    public TickSeries read() {
        try (BufferedReader in = open(file)) {
            String header = in.readLine();
            if (!HEADER.equals(header)) {
                throw new ScenarioException(
                        file
                                + " line 1: expected the header \""
                                + HEADER
                                + "\", found \""
                                + shortened(String.valueOf(header))
                                + "\"");
            }
            long line = 1;
            for (String row = in.readLine(); row != null; row = in.readLine()) {
                line++;
                rows++;
                try {
                    take(row);
                } catch (IllegalArgumentException | ArithmeticException e) {
                    leaveOut(line, String.valueOf(e.getMessage()));
                }
            }
        } catch (IOException e) {
            throw new ScenarioException(
                    file + ": cannot be read after row " + rows + ": " + e.getMessage(), e);
        }
        return ticks.build();
    }

    /** What was found so far. */
    public TapeReport report() {
        return new TapeReport(rows, unmapped, outside, bad, firstBad);
    }

    static BufferedReader open(Path file) throws IOException {
        var bytes = Files.newInputStream(file);
        var plain = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes;
        return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8), 1 << 16);
    }

    private void take(String row) {
        if (row.length() > LONGEST_LINE) {
            throw new IllegalArgumentException(
                    "row of " + row.length() + " characters, limit " + LONGEST_LINE);
        }
        String[] cells = row.split(",", -1);
        if (cells.length != COLUMNS) {
            throw new IllegalArgumentException(
                    "expected " + COLUMNS + " columns, found " + cells.length);
        }
        Integer market = places.get(new SourceKey(cells[0], cells[1]));
        if (market == null) {
            unmapped++;
            return;
        }
        long openNanos = Math.multiplyExact(Long.parseLong(cells[2]), NANOS_PER_MILLI);
        if (openNanos <= lastOpen[market]) {
            throw new IllegalArgumentException("time " + cells[2] + " is not after the row before");
        }
        Bar bar = Bar.parse(cells);
        lastOpen[market] = openNanos;
        if (openNanos < fromNanos || openNanos >= toNanos) {
            outside++;
            return;
        }
        bar.emit(ticks, market, openNanos);
    }

    private void leaveOut(long line, String why) {
        bad++;
        if (firstBad.size() < NAMED_BAD_ROWS) {
            firstBad.add("line " + line + ": " + shortened(why));
        }
        if (bad > MOST_BAD_ROWS) {
            throw new ScenarioException(
                    file + ": more than " + MOST_BAD_ROWS + " bad rows, the first are " + firstBad);
        }
    }

    private static String shortened(String text) {
        return text.length() <= 120 ? text : text.substring(0, 120) + "…";
    }

    private record Bar(long open, long high, long low, long close, long volume) {
        static Bar parse(String[] cells) {
            Bar bar =
                    new Bar(
                            FixedPoint.parseE8(cells[3]),
                            FixedPoint.parseE8(cells[4]),
                            FixedPoint.parseE8(cells[5]),
                            FixedPoint.parseE8(cells[6]),
                            FixedPoint.parseE8(cells[7]));
            if (bar.low <= 0
                    || bar.low > Math.min(bar.open, bar.close)
                    || bar.high < Math.max(bar.open, bar.close)) {
                throw new IllegalArgumentException(
                        "open "
                                + cells[3]
                                + ", high "
                                + cells[4]
                                + ", low "
                                + cells[5]
                                + ", close "
                                + cells[6]
                                + " are not the prices of one bar");
            }
            if (bar.volume < 0) {
                throw new IllegalArgumentException("volume " + cells[7] + " is negative");
            }
            return bar;
        }

        void emit(TickSeries.Builder ticks, int market, long openNanos) {
            boolean rose = close >= open;
            long middle = rose ? low : high;
            long later = rose ? high : low;
            ticks.add(market, openNanos, open, 0);
            if (middle != open) {
                ticks.add(market, openNanos + QUARTER_NANOS, middle, 0);
            }
            if (later != middle) {
                ticks.add(market, openNanos + 2 * QUARTER_NANOS, later, 0);
            }
            if (close != later || volume > 0) {
                ticks.add(market, openNanos + 3 * QUARTER_NANOS, close, volume);
            }
        }
    }
}

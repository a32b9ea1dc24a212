package io.delever.simulation.prices;

import io.delever.engine.money.Price;
import io.delever.simulation.market.CsvTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads what one venue and one pool said about USDe, minute by minute. */
final class DepegTape {
    static final String VENUE = "usde_usdt_binance_1m_2025-10-10_12.csv.gz";
    static final String POOL = "usde_uniswap_pool_by_block_2025-10-10.csv.gz";
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000_000_000L;

    private DepegTape() {}

    /**
     * One minute.
     *
     * @param timeNanos its beginning
     * @param venueLow the venue's lowest price in it
     * @param pool the newest price of the pool at its beginning
     */
    record Quotes(long timeNanos, Price venueLow, Price pool) {}

    /** Every minute of the venue in which the pool is known. */
    static List<Quotes> read(Path venue, Path pool) throws IOException {
        TreeMap<Long, Price> blocks = new TreeMap<>();
        for (Map<String, String> row : CsvTable.read(pool)) {
            blocks.put(number(row, "timestamp") * SECOND, price(row, "token0Price"));
        }
        List<Quotes> minutes = new ArrayList<>();
        for (Map<String, String> row : CsvTable.read(venue)) {
            long now = number(row, "open_time_ms") * MILLI;
            Map.Entry<Long, Price> known = blocks.floorEntry(now);
            if (known != null && now <= blocks.lastKey()) {
                minutes.add(new Quotes(now, price(row, "low"), known.getValue()));
            }
        }
        return minutes;
    }

    private static long number(Map<String, String> row, String column) {
        return Long.parseLong(text(row, column));
    }

    /** A pool says more decimals than a price has: half-even. */
    private static Price price(Map<String, String> row, String column) {
        return Price.parse(
                new BigDecimal(text(row, column))
                        .setScale(8, RoundingMode.HALF_EVEN)
                        .stripTrailingZeros()
                        .toPlainString());
    }

    private static String text(Map<String, String> row, String column) {
        String text = row.get(column);
        if (text == null) {
            throw new IllegalArgumentException("no column " + column);
        }
        return text;
    }
}

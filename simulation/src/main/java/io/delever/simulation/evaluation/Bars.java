package io.delever.simulation.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The recorded bars, by series. */
final class Bars {
    static final long MINUTE = 60_000_000_000L;
    static final long HOUR = 60 * MINUTE;
    private static final long MILLI = 1_000_000L;

    private Bars() {}

    /** Nine perpetuals of OKX in May 2022, 5 minutes. */
    static Optional<Map<String, List<Bar>>> may2022(DataFolder data) {
        return data.table("04_okx_perp_2022/okx_usdt_swap_5m_2022-05_luna_ust.csv.gz")
                .map(rows -> group(rows, "symbol", "open_time_ms", "volume_contracts_or_base"));
    }

    /** The mark of BTCUSDT at Binance, 9 to 12 October 2025, 5 minutes, without volume. */
    static Optional<Map<String, List<Bar>>> october2025(DataFolder data) {
        return data.table("02_venues_2025-10-10/binance_BTCUSDT_5m_2025-10-09_12.csv.gz")
                .map(
                        rows -> {
                            rows.forEach(row -> row.put("symbol", "BTCUSDT mark"));
                            return group(rows, "symbol", "open_time", "volume");
                        });
    }

    /** The mark (or index) of BTCUSD at Binance, 9 and 10 October 2025, 1 minute. */
    static Optional<List<Bar>> october2025Minutes(DataFolder data) {
        return data.table("02_venues_2025-10-10/binance_coinm_BTCUSD_PERP_1m_2025-10-09_10.csv.gz")
                .map(
                        rows ->
                                rows.stream()
                                        .map(row -> bar(row, "open_time", "volume"))
                                        .sorted(Comparator.comparingLong(Bar::startNanos))
                                        .toList());
    }

    /** The perpetuals with the most turnover of 9 to 12 October 2025, 1 hour. */
    static Optional<Map<String, List<Bar>>> october2025Hours(DataFolder data, int most) {
        return data.table("02_venues_2025-10-10/binance_usdm_perp_1h_all_symbols.csv.gz")
                .map(
                        rows -> {
                            Map<String, Double> turnover = new TreeMap<>();
                            rows.forEach(
                                    row ->
                                            turnover.merge(
                                                    field(row, "symbol"),
                                                    number(row, "volume_quote"),
                                                    Double::sum));
                            List<String> kept =
                                    turnover.entrySet().stream()
                                            .sorted(
                                                    Map.Entry.<String, Double>comparingByValue()
                                                            .reversed())
                                            .limit(most)
                                            .map(Map.Entry::getKey)
                                            .toList();
                            return group(
                                    rows.stream()
                                            .filter(row -> kept.contains(field(row, "symbol")))
                                            .toList(),
                                    "symbol",
                                    "open_time_ms",
                                    "volume_base");
                        });
    }

    private static Map<String, List<Bar>> group(
            List<Map<String, String>> rows, String name, String time, String volume) {
        Map<String, List<Bar>> bars = new TreeMap<>();
        for (Map<String, String> row : rows) {
            bars.computeIfAbsent(field(row, name), key -> new ArrayList<>())
                    .add(bar(row, time, volume));
        }
        bars.values().forEach(list -> list.sort(Comparator.comparingLong(Bar::startNanos)));
        return bars;
    }

    private static Bar bar(Map<String, String> row, String time, String volume) {
        return new Bar(
                Long.parseLong(field(row, time)) * MILLI,
                number(row, "open"),
                number(row, "high"),
                number(row, "low"),
                number(row, "close"),
                number(row, volume));
    }

    /** A field that must be there. */
    static String field(Map<String, String> row, String name) {
        return Optional.ofNullable(row.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no column " + name));
    }

    /** The same as a number. */
    static double number(Map<String, String> row, String name) {
        return Double.parseDouble(field(row, name));
    }
}

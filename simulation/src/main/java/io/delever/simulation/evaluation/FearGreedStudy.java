package io.delever.simulation.evaluation;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Price;
import io.delever.engine.sentiment.Contribution;
import io.delever.engine.sentiment.Feed;
import io.delever.engine.sentiment.Observation;
import io.delever.engine.sentiment.Score;
import io.delever.engine.sentiment.SentimentParameters;
import io.delever.engine.sentiment.SentimentState;
import io.delever.engine.sentiment.Signal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The score against a published index of fear and greed (EVAL-005). */
final class FearGreedStudy {
    private static final long SLOWER = 1_440;
    private static final int BLOCK = 30;

    private final DataFolder data;
    private final Report report = new Report();
    private final Map<String, Double> funding = new HashMap<>();

    FearGreedStudy(DataFolder data) {
        this.data = data;
    }

    Report write() {
        report.say("# The score against the published index of fear and greed");
        Optional<List<Map<String, String>>> index =
                data.table("07_sentiment/crypto_fear_greed_daily.csv.gz");
        Optional<List<Map<String, String>>> marks =
                data.table("06_funding_oi/binance_usdm_mark_price_8h_2023-12_2025-11.csv.gz");
        Optional<List<Map<String, String>>> rates =
                data.table("06_funding_oi/binance_usdm_funding_8h_2023-12_2025-11.csv.gz");
        if (index.isEmpty() || marks.isEmpty() || rates.isEmpty()) {
            return report.say(
                    "Skipped: the index, the marks or the funding rates are not in the folder.");
        }
        Map<String, Double> published = new TreeMap<>();
        index.get().forEach(r -> published.put(Bars.field(r, "date"), Bars.number(r, "fng")));
        rates.get()
                .forEach(
                        r ->
                                funding.put(
                                        key(r, "funding_time_ms"), Bars.number(r, "funding_rate")));
        List<Day> days = days(marks.get(), published);
        describe(days);
        table(days);
        plot(days);
        return report;
    }

    private void describe(List<Day> days) {
        report.say(
                """
                The index is alternative.me's, one value a day (attribution: alternative.me; MIT repository lukmol/gamlss-btc-VaR). The
                score is that of `engine.sentiment` with its published weights and scales, and with time constants 1,440 times as long,
                because the index speaks of days: half-life of volatility 10 days, of the peak 360 days, of the premium 5 days; the scale
                of the drawdown is 0.2. These were set before looking and were not tuned. Input: marks of BTCUSDT and ETHUSDT at Binance,
                highs and lows of 8 hours, and the funding rate taken as the premium. **Skew, liquidations and margin calls are not
                recorded over these years: they are missing, the score says so, and its confidence is below 1.** The value of a day is
                the score at its end; the index of that day is published in its morning, so the score may know up to a day more.
                """
                        .strip());
        report.say(
                "%d days, %s to %s. Confidence of the score: %.2f."
                        .formatted(
                                days.size(),
                                days.getFirst().date(),
                                days.getLast().date(),
                                days.getLast().confidence()));
    }

    private void table(List<Day> days) {
        report.row("| | rank correlation with the index (95 %, blocks of 30 days) |");
        report.row("| --- | --- |");
        correlate("score, same day", days, Day::score, Day::index);
        List<Day> early = new ArrayList<>();
        List<Day> changes = new ArrayList<>();
        for (int i = 1; i < days.size(); i++) {
            Day before = days.get(i - 1);
            Day now = days.get(i);
            early.add(new Day(now.date(), now.index(), before.score(), before.parts(), 1));
            if (i >= 7) {
                Day week = days.get(i - 7);
                changes.add(
                        new Day(
                                now.date(),
                                now.index() - week.index(),
                                now.score() - week.score(),
                                now.parts(),
                                1));
            }
        }
        correlate(
                "score of the day before: the index could not know more",
                early,
                Day::score,
                Day::index);
        correlate(
                "change of the score in 7 days with that of the index",
                changes,
                Day::score,
                Day::index);
        for (Signal signal : List.of(Signal.VOLATILITY, Signal.DRAWDOWN, Signal.FUNDING)) {
            correlate(
                    "contribution of " + signal.id() + " alone",
                    days,
                    day -> day.parts().getOrDefault(signal, 0d),
                    Day::index);
        }
        report.end();
    }

    private void correlate(
            String what, List<Day> days, ToDoubleFunction<Day> a, ToDoubleFunction<Day> b) {
        List<List<Day>> blocks = new ArrayList<>();
        for (int from = 0; from < days.size(); from += BLOCK) {
            blocks.add(days.subList(from, Math.min(days.size(), from + BLOCK)));
        }
        report.row(
                "| %s | %s |"
                        .formatted(
                                what,
                                Statistics.interval(
                                                blocks,
                                                rows ->
                                                        Statistics.rankCorrelation(
                                                                rows.stream()
                                                                        .mapToDouble(a)
                                                                        .toArray(),
                                                                rows.stream()
                                                                        .mapToDouble(b)
                                                                        .toArray()))
                                        .text(2)));
    }

    private void plot(List<Day> days) {
        double[] at = new double[days.size()];
        for (int i = 0; i < at.length; i++) {
            at[i] = i;
        }
        Chart chart =
                new Chart(
                        "Score and published index, 0 (fear) to 100 (greed)",
                        new Chart.Axis(
                                0, at.length - 1d, v -> days.get((int) Math.round(v)).date()),
                        new Chart.Axis(0, 100, v -> "%.0f".formatted(v)));
        chart.line(
                "published index", "#f1932d", at, days.stream().mapToDouble(Day::index).toArray());
        chart.line("score", "#1965b0", at, days.stream().mapToDouble(Day::score).toArray());
        report.plot("fear-greed.svg", "Score and published index by day", chart);
    }

    private List<Day> days(List<Map<String, String>> marks, Map<String, Double> published) {
        SentimentState state = new SentimentState(slow(), 2);
        state.accept(new Observation.FeedChanged(Feed.PRICES, true, 0));
        Map<Long, List<Map<String, String>>> byTime = new TreeMap<>();
        marks.forEach(
                r ->
                        byTime.computeIfAbsent(
                                        Long.parseLong(Bars.field(r, "open_time_ms")),
                                        t -> new ArrayList<>())
                                .add(r));
        List<Day> days = new ArrayList<>();
        byTime.forEach(
                (time, rows) -> {
                    rows.forEach(row -> feed(state, row, time));
                    long end = (time + 8 * 3_600_000L) * 1_000_000L;
                    String date = date(time);
                    boolean last = !date(time + 8 * 3_600_000L).equals(date);
                    if (last && published.containsKey(date)) {
                        Score score = state.marketScore(end);
                        if (!score.missing().contains(Signal.VOLATILITY)) {
                            days.add(day(date, published.getOrDefault(date, Double.NaN), score));
                        }
                    }
                });
        return days;
    }

    private void feed(SentimentState state, Map<String, String> row, long time) {
        InstrumentId id = new InstrumentId(Bars.field(row, "symbol"));
        double rate = funding.getOrDefault(key(row, "open_time_ms"), 0d);
        String[] path = {"mark_open", "mark_low", "mark_high", "mark_close"};
        for (int i = 0; i < path.length; i++) {
            Price index = price(Bars.field(row, path[i]));
            Price mark =
                    price(
                            BigDecimal.valueOf(Bars.number(row, path[i]) * (1 + rate))
                                    .setScale(8, RoundingMode.HALF_EVEN)
                                    .toPlainString());
            long nanos = (time + 2 * 3_600_000L * (i + 1)) * 1_000_000L;
            state.accept(new Observation.PriceObserved(id, index, Optional.of(mark), nanos));
        }
    }

    private static Day day(String date, double index, Score score) {
        Map<Signal, Double> parts = new HashMap<>();
        for (Contribution part : score.contributions()) {
            parts.put(part.signal(), part.micros() / 1e6);
        }
        return new Day(date, index, score.micros() / 1e6, parts, score.confidence().ppm() / 1e6);
    }

    private static SentimentParameters slow() {
        SentimentParameters published = SentimentParameters.published();
        SentimentParameters.Windows w = published.windows();
        SentimentParameters.Scales s = published.scales();
        return new SentimentParameters(
                published.weights(),
                new SentimentParameters.Scales(
                        s.volatility(), 0.2, s.premium(), s.liquidationsPerHour(), s.atRisk()),
                new SentimentParameters.Windows(
                        w.volatilityHalfLife() * SLOWER,
                        w.peakHalfLife() * SLOWER,
                        w.liquidationHalfLife() * SLOWER,
                        w.premiumHalfLife() * SLOWER,
                        w.feedGrace(),
                        w.countFresh(),
                        w.year(),
                        w.minimumReturns()),
                published.levels());
    }

    private static Price price(String text) {
        return Price.parse(
                new BigDecimal(text).setScale(8, RoundingMode.HALF_EVEN).toPlainString());
    }

    /** Funding times are late by some milliseconds. */
    private static String key(Map<String, String> row, String time) {
        return Bars.field(row, "symbol") + Long.parseLong(Bars.field(row, time)) / 60_000;
    }

    private static String date(long millis) {
        return Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    private record Day(
            String date,
            double index,
            double score,
            Map<Signal, Double> parts,
            double confidence) {}
}

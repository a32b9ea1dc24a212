package io.delever.simulation.evaluation;

import io.delever.engine.sentiment.EarlyWarning;
import io.delever.engine.sentiment.LogisticModel;
import io.delever.engine.sentiment.WarningHorizon;
import io.delever.engine.sentiment.WarningPredictor;
import io.delever.simulation.evaluation.Statistics.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** Early warning against its baselines, walking forward (EVAL-002 to EVAL-004). */
final class WarningStudy {
    private static final long DAY = 24 * Bars.HOUR;
    private static final int BINS = 10;
    private static final int FEWEST_DAYS = 10;
    private static final int MOST_SERIES = 50;

    private final DataFolder data;
    private final Report report = new Report();

    WarningStudy(DataFolder data) {
        this.data = data;
    }

    Report write() {
        report.say("# Early warning against its baselines");
        report.say(
                """
                An event is that forced closes of one market within the horizon are at least so much of what was open at its
                beginning: 2 % in 15 min, 4 % in 1 h, 8 % in 4 h, 16 % in 24 h ([EWRN-002](../spec/early-warning.md)). **No venue's
                forced closes are recorded over days, so events are those of the reference book** (STRS-050): positions opened as the
                market traded, in a published mix of leverages, and closed where the recorded price reached their level. What is
                measured is skill at foretelling *that*; it is not a claim about any venue's own liquidations.

                Every forecast is made by models that were fitted only on samples whose horizon had already passed. Brier is the mean
                squared error of the probability (0 is perfect); skill is 1 − Brier ÷ Brier of the baseline. Only forecasts count that
                every predictor made. Intervals are 95 %, by drawing whole days of all markets together 1,000 times; with few days they
                are themselves rough, and with fewer than ten nothing is concluded. After a first run two things were changed and the
                report made anew: samples whose horizons overlap weigh less, in the fit and in the base rate. Everything else stands as it
                was first written.
                """
                        .strip());
        Walk walk = new Walk(EarlyWarning.Learning.published(), DAY);
        Optional<Map<String, List<Bar>>> may = Bars.may2022(data);
        if (may.isPresent()) {
            run(walk, may.get(), 5 * Bars.MINUTE);
            report.file("early-warning-models.csv", models(walk));
            window(
                    "May 2022",
                    "nine OKX perpetuals, 5-minute bars",
                    walk.takeOutcomes(),
                    "may-2022");
        } else {
            report.say("## May 2022\n\nSkipped: 04_okx_perp_2022 is not in the folder.");
        }
        october(walk);
        openInterest();
        return report;
    }

    /** What the services start with: fitted on the whole window, for use after it. */
    private static String models(Walk walk) {
        StringBuilder csv = new StringBuilder("horizon,predictor,feature,mean,spread,weight\n");
        for (WarningHorizon horizon : WarningHorizon.values()) {
            Map<WarningPredictor, LogisticModel> models =
                    new TreeMap<>(walk.warning(horizon).models());
            models.forEach(
                    (predictor, model) -> {
                        String key = horizon.id() + ',' + predictor.id() + ',';
                        csv.append(key).append("intercept,0,1,%.6f\n".formatted(model.intercept()));
                        for (int i = 0; i < model.weights().size(); i++) {
                            csv.append(key)
                                    .append(
                                            "%s,%.6f,%.6f,%.6f\n"
                                                    .formatted(
                                                            predictor.features().get(i).id(),
                                                            model.means().get(i),
                                                            model.spreads().get(i),
                                                            model.weights().get(i)));
                        }
                    });
        }
        return csv.toString();
    }

    private void october(Walk walk) {
        Optional<Map<String, List<Bar>>> five = Bars.october2025(data);
        if (five.isPresent()) {
            run(walk, five.get(), 5 * Bars.MINUTE);
            window(
                    "9 to 12 October 2025, models brought along from May 2022",
                    "the mark of BTCUSDT, 5-minute bars without volume: the book opens as much in"
                            + " every bar",
                    walk.takeOutcomes(),
                    "october-2025");
        } else {
            report.say("## October 2025\n\nSkipped: the 5-minute mark is not in the folder.");
        }
        Optional<Map<String, List<Bar>>> hours = Bars.october2025Hours(data, MOST_SERIES);
        if (hours.isPresent()) {
            Walk alone = new Walk(new EarlyWarning.Learning(40_000, 64, 20, Bars.HOUR), DAY / 2);
            run(alone, hours.get(), Bars.HOUR);
            window(
                    "9 to 12 October 2025, learning within the window",
                    "the 50 perpetuals of Binance with the most turnover, 1-hour bars",
                    alone.takeOutcomes(),
                    "october-2025-hours");
        } else {
            report.say("## October 2025, hours\n\nSkipped: the hourly bars are not in the folder.");
        }
    }

    /** Where open interest itself was recorded. */
    private void openInterest() {
        Optional<List<Map<String, String>>> rows =
                data.table("06_funding_oi/binance_usdm_oi_4h_6symbols_2026.csv.gz");
        if (rows.isEmpty()) {
            report.say("## Recorded open interest\n\nSkipped: it is not in the folder.");
            return;
        }
        Walk walk = new Walk(new EarlyWarning.Learning(40_000, 24, 20, 4 * Bars.HOUR), 2 * DAY);
        Map<Long, List<Map<String, String>>> byTime = new TreeMap<>();
        rows.get()
                .forEach(
                        row ->
                                byTime.computeIfAbsent(
                                                Long.parseLong(Bars.field(row, "timestamp_ms")),
                                                time -> new ArrayList<>())
                                        .add(row));
        Map<String, Double> last = new TreeMap<>();
        byTime.forEach(
                (time, at) -> {
                    for (Map<String, String> row : at) {
                        String symbol = Bars.field(row, "symbol");
                        double value = Bars.number(row, "sum_open_interest_value_usd");
                        double price = value / Bars.number(row, "sum_open_interest_base");
                        double from = last.getOrDefault(symbol, price);
                        last.put(symbol, price);
                        Bar bar =
                                new Bar(
                                        time * 1_000_000 - 4 * Bars.HOUR,
                                        from,
                                        Math.max(from, price),
                                        Math.min(from, price),
                                        price,
                                        0);
                        walk.bar(symbol, bar, 4 * Bars.HOUR, Optional.of(value));
                    }
                });
        window(
                "Recorded open interest, 20 February to 20 March 2026",
                "six perpetuals of Binance, one price and one open interest every 4 hours: moves"
                        + " within 4 hours are not seen",
                walk.takeOutcomes(),
                "open-interest-2026");
    }

    private static void run(Walk walk, Map<String, List<Bar>> bars, long length) {
        Map<Long, List<Map.Entry<String, Bar>>> byTime = new TreeMap<>();
        bars.forEach(
                (series, list) ->
                        list.forEach(
                                bar ->
                                        byTime.computeIfAbsent(
                                                        bar.startNanos(), t -> new ArrayList<>())
                                                .add(Map.entry(series, bar))));
        byTime.values()
                .forEach(
                        at ->
                                at.forEach(
                                        entry ->
                                                walk.bar(
                                                        entry.getKey(),
                                                        entry.getValue(),
                                                        length,
                                                        Optional.empty())));
    }

    private void window(
            String title, String what, Map<WarningHorizon, List<Outcome>> outcomes, String file) {
        report.say("## " + title);
        report.say("Data: " + what + ".");
        report.row(
                "| Horizon | forecasts | days | events | Brier: base rate | volatility alone | open"
                    + " interest alone | model | shown | skill of model over volatility | over open"
                    + " interest |");
        report.row("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        Map<WarningHorizon, List<Outcome>> kept = new TreeMap<>();
        for (WarningHorizon horizon : WarningHorizon.values()) {
            List<Outcome> complete =
                    outcomes.getOrDefault(horizon, List.of()).stream()
                            .filter(Outcome::complete)
                            .toList();
            if (complete.isEmpty()) {
                report.row(
                        "| "
                                + horizon.id()
                                + " | 0 | | | could not be evaluated: bars longer than the horizon,"
                                + " or too few events before the window ended | | | | | | |");
            } else {
                kept.put(horizon, complete);
                report.row(line(horizon, complete));
            }
        }
        report.end();
        kept.forEach((horizon, list) -> verdict(horizon, list));
        report.end();
        if (!kept.isEmpty()) {
            reliability(kept, file);
        }
    }

    private static String line(WarningHorizon horizon, List<Outcome> list) {
        List<List<Outcome>> days = days(list);
        return "| %s | %d | %d | %.1f %% | %.4f | %.4f | %.4f | %.4f | %.4f | %s | %s |"
                .formatted(
                        horizon.id(),
                        list.size(),
                        days.size(),
                        100 * mean(list, o -> o.happened() ? 1 : 0),
                        mean(list, o -> o.error(WarningPredictor.BASE_RATE)),
                        mean(list, o -> o.error(WarningPredictor.VOLATILITY)),
                        mean(list, o -> o.error(WarningPredictor.OPEN_INTEREST)),
                        mean(list, o -> o.error(WarningPredictor.MODEL)),
                        mean(list, Outcome::shownError),
                        skill(days, WarningPredictor.VOLATILITY).text(3),
                        skill(days, WarningPredictor.OPEN_INTEREST).text(3));
    }

    private void verdict(WarningHorizon horizon, List<Outcome> list) {
        List<List<Outcome>> days = days(list);
        StringBuilder words = new StringBuilder("* " + horizon.id() + ": ");
        for (WarningPredictor baseline :
                List.of(WarningPredictor.VOLATILITY, WarningPredictor.OPEN_INTEREST)) {
            Interval skill = skill(days, baseline);
            String than = baseline.id().replace('_', ' ');
            if (days.size() < FEWEST_DAYS) {
                words.append("too few days to tell it from ").append(than);
            } else if (skill.low() > 0) {
                words.append("the model beats ").append(than);
            } else if (skill.high() < 0) {
                words.append("**the model is worse than ").append(than).append("**");
            } else {
                words.append("no difference from ").append(than).append(" can be told");
            }
            words.append("; ");
        }
        Map<WarningPredictor, Long> shown = new TreeMap<>();
        list.forEach(o -> shown.merge(o.shown().orElseThrow(), 1L, Long::sum));
        words.append("shown: ");
        shown.forEach(
                (predictor, count) ->
                        words.append(
                                "%s %.0f %% "
                                        .formatted(
                                                predictor.id().replace('_', ' '),
                                                100d * count / list.size())));
        report.row(words.toString().strip() + ".");
    }

    private void reliability(Map<WarningHorizon, List<Outcome>> kept, String file) {
        report.say(
                "Reliability of what was shown: mean forecast → how often it happened"
                        + " (forecasts).");
        report.row(
                "| Forecast | "
                        + String.join(
                                " | ", kept.keySet().stream().map(WarningHorizon::id).toList())
                        + " |");
        report.row("| --- |" + " --- |".repeat(kept.size()));
        Chart chart =
                new Chart(
                        "Reliability: forecast (across) and how often it happened",
                        new Chart.Axis(0, 1, v -> "%.1f".formatted(v)),
                        new Chart.Axis(0, 1, v -> "%.1f".formatted(v)));
        chart.line("perfect", "#999", new double[] {0, 1}, new double[] {0, 1});
        Map<WarningHorizon, String> colours =
                Map.of(
                        WarningHorizon.MINUTES_15, "#1965b0",
                        WarningHorizon.HOUR_1, "#4eb265",
                        WarningHorizon.HOURS_4, "#f1932d",
                        WarningHorizon.HOURS_24, "#dc050c");
        Map<WarningHorizon, List<List<Outcome>>> binned = new TreeMap<>();
        kept.forEach((horizon, list) -> binned.put(horizon, bins(list)));
        for (int bin = 0; bin < BINS; bin++) {
            StringBuilder line =
                    new StringBuilder("| %.1f–%.1f |".formatted(bin / 10d, bin / 10d + 0.1));
            for (List<List<Outcome>> bins : binned.values()) {
                List<Outcome> in = bins.get(bin);
                line.append(
                        in.isEmpty()
                                ? " |"
                                : " %.2f → %.2f (%d) |"
                                        .formatted(
                                                mean(in, WarningStudy::shown),
                                                mean(in, o -> o.happened() ? 1 : 0),
                                                in.size()));
            }
            report.row(line.toString());
        }
        report.end();
        binned.forEach(
                (horizon, bins) -> {
                    List<List<Outcome>> filled = bins.stream().filter(b -> b.size() >= 20).toList();
                    chart.points(
                            horizon.id(),
                            colours.getOrDefault(horizon, "#333"),
                            filled.stream()
                                    .mapToDouble(b -> mean(b, WarningStudy::shown))
                                    .toArray(),
                            filled.stream()
                                    .mapToDouble(b -> mean(b, o -> o.happened() ? 1 : 0))
                                    .toArray());
                });
        report.plot(
                "reliability-" + file + ".svg",
                "Reliability; bins with at least 20 forecasts",
                chart);
    }

    private static List<List<Outcome>> bins(List<Outcome> list) {
        List<List<Outcome>> bins = new ArrayList<>();
        for (int i = 0; i < BINS; i++) {
            bins.add(new ArrayList<>());
        }
        list.forEach(o -> bins.get((int) Math.min(BINS - 1d, shown(o) * BINS)).add(o));
        return bins;
    }

    private static double shown(Outcome outcome) {
        return outcome.forecasts().getOrDefault(outcome.shown().orElseThrow(), Double.NaN);
    }

    private static Interval skill(List<List<Outcome>> days, WarningPredictor baseline) {
        return Statistics.interval(
                days,
                rows ->
                        1
                                - mean(rows, o -> o.error(WarningPredictor.MODEL))
                                        / mean(rows, o -> o.error(baseline)));
    }

    private static List<List<Outcome>> days(List<Outcome> list) {
        Map<Long, List<Outcome>> days = new TreeMap<>();
        list.stream()
                .sorted(Comparator.comparingLong(Outcome::nanos))
                .forEach(o -> days.computeIfAbsent(o.nanos() / DAY, d -> new ArrayList<>()).add(o));
        return List.copyOf(days.values());
    }

    private static double mean(List<Outcome> list, ToDoubleFunction<Outcome> of) {
        double sum = 0;
        for (Outcome outcome : list) {
            sum += of.applyAsDouble(outcome);
        }
        return sum / list.size();
    }
}

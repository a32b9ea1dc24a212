package io.delever.simulation.evaluation;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Price;
import io.delever.engine.sentiment.AdjustmentParameters;
import io.delever.engine.sentiment.AlertLevel;
import io.delever.engine.sentiment.EarlyWarning;
import io.delever.engine.sentiment.Feed;
import io.delever.engine.sentiment.Observation;
import io.delever.engine.sentiment.RiskAdjuster;
import io.delever.engine.sentiment.Score;
import io.delever.engine.sentiment.SentimentParameters;
import io.delever.engine.sentiment.SentimentState;
import io.delever.engine.sentiment.Warning;
import io.delever.engine.sentiment.WarningHorizon;
import io.delever.engine.sentiment.WarningPredictor;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** When scores and alerts moved in two recorded crashes (EVAL-007). */
final class ReplayStudy {
    private static final long FIRST_FORCED = 1_760_130_903_127_000_000L;
    private static final long DAY = 24 * Bars.HOUR;
    private static final double FORCED = 0.01;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final DataFolder data;
    private final Report report = new Report();

    ReplayStudy(DataFolder data) {
        this.data = data;
    }

    Report write() {
        report.say("# Two crashes, replayed");
        report.say(
                """
                When did each score and alert move, against the first forced closes? The score is that of `engine.sentiment` with its
                published parameters; only its price signals are to be had from these recordings, so its confidence is low and the
                adjustment of initial margin, which needs a confidence of 0.5, may not move at all: that is as designed, and said here.
                Early warning is what the model and what the product would have shown, each fitted on earlier samples only. A
                level is reached where the probability within 1 h reaches 10 % (watch), 25 % (warning), 50 % (critical).
                """
                        .strip());
        Walk walk = new Walk(EarlyWarning.Learning.published(), DAY);
        Optional<Map<String, List<Bar>>> may = Bars.may2022(data);
        if (may.isPresent()) {
            may2022(walk, may.get());
        } else {
            report.say("## May 2022\n\nSkipped: 04_okx_perp_2022 is not in the folder.");
        }
        Optional<List<Bar>> minutes = Bars.october2025Minutes(data);
        if (minutes.isPresent()) {
            walk.takeOutcomes();
            List<Moment> moments = replay(walk, "BTCUSD", minutes.get(), Bars.MINUTE);
            report.say("## 10 October 2025");
            report.say(
                    "The mark of BTCUSD at Binance by the minute (no volume: the book opens as much"
                        + " in every minute). First forced close recorded at Hyperliquid: 21:15:03"
                        + " UTC; first auto-deleveraging 61.7 s later. Models come from May 2022"
                        + " where that is in the folder.");
            tell(moments, FIRST_FORCED, "october-10-2025");
        } else {
            report.say(
                    "## 10 October 2025\n\n"
                            + "Skipped: the marks by the minute are not in the folder.");
        }
        return report;
    }

    private void may2022(Walk walk, Map<String, List<Bar>> bars) {
        List<Bar> bitcoin = bars.getOrDefault("BTC-USDT-SWAP", List.of());
        Map<WarningHorizon, Warning> none = Map.of();
        List<Moment> moments = new ArrayList<>();
        Scores scores = new Scores();
        for (int i = 0; i < bitcoin.size(); i++) {
            for (Map.Entry<String, List<Bar>> series : bars.entrySet()) {
                if (i >= series.getValue().size()) {
                    continue;
                }
                Map<WarningHorizon, Warning> said =
                        walk.bar(
                                series.getKey(),
                                series.getValue().get(i),
                                5 * Bars.MINUTE,
                                Optional.empty());
                if (series.getKey().equals("BTC-USDT-SWAP")) {
                    moments.add(
                            scores.moment(
                                    bitcoin.get(i),
                                    5 * Bars.MINUTE,
                                    said.isEmpty() ? none : said,
                                    walk.lastForcedShare(series.getKey())));
                }
            }
        }
        long first = firstForced(moments);
        report.say("## May 2022");
        report.say(
                "BTC-USDT-SWAP at OKX in bars of 5 minutes. **No venue's forced closes are recorded"
                    + " for these days**: the first forced closes are the first bar in which 1 % of"
                    + " the reference book is closed by force, within the 24 hours with the most"
                    + " forced closes: "
                        + TIME.format(instant(first))
                        + " UTC.");
        tell(moments, first, "may-2022-replay");
    }

    private static long firstForced(List<Moment> moments) {
        int span = (int) (DAY / (5 * Bars.MINUTE));
        double most = -1;
        int best = 0;
        for (int from = 0; from + span <= moments.size(); from++) {
            double sum = 0;
            for (int i = from; i < from + span; i++) {
                sum += moments.get(i).forced();
            }
            if (sum > most) {
                most = sum;
                best = from;
            }
        }
        for (int i = best; i < moments.size(); i++) {
            if (moments.get(i).forced() >= FORCED) {
                return moments.get(i).nanos();
            }
        }
        return moments.get(best).nanos();
    }

    private static List<Moment> replay(Walk walk, String series, List<Bar> bars, long length) {
        Scores scores = new Scores();
        List<Moment> moments = new ArrayList<>();
        for (Bar bar : bars) {
            Map<WarningHorizon, Warning> said = walk.bar(series, bar, length, Optional.empty());
            moments.add(scores.moment(bar, length, said, walk.lastForcedShare(series)));
        }
        return moments;
    }

    private void tell(List<Moment> moments, long first, String file) {
        List<Moment> around =
                moments.stream()
                        .filter(m -> m.nanos() >= first - DAY && m.nanos() <= first + DAY / 4)
                        .toList();
        report.row(
                "| | 24 h before | 4 h before | 1 h before | 15 min before | at the first forced"
                        + " close | 15 min after | 1 h after |");
        report.row("| --- | --- | --- | --- | --- | --- | --- | --- |");
        long[] at = {
            -DAY, -4 * Bars.HOUR, -Bars.HOUR, -15 * Bars.MINUTE, 0, 15 * Bars.MINUTE, Bars.HOUR
        };
        line("score", around, first, at, m -> "%.0f".formatted(m.score()));
        line("initial margin multiplier", around, first, at, m -> "%.2f".formatted(m.multiplier()));
        for (WarningHorizon horizon : WarningHorizon.values()) {
            line("model, " + horizon.id(), around, first, at, m -> percent(m.model().get(horizon)));
            line("shown, " + horizon.id(), around, first, at, m -> percent(m.shown().get(horizon)));
        }
        line(
                "level of the alert (shown, 1 h)",
                around,
                first,
                at,
                m -> m.level().name().toLowerCase(Locale.ROOT));
        report.end();
        first("score below 45 (fear)", around, first, m -> m.score() < 45);
        first("score below 25 (extreme fear)", around, first, m -> m.score() < 25);
        first("multiplier above 1", around, first, m -> m.multiplier() > 1);
        for (AlertLevel level :
                List.of(AlertLevel.WATCH, AlertLevel.WARNING, AlertLevel.CRITICAL)) {
            first(
                    "alert at " + level.name().toLowerCase(Locale.ROOT),
                    around,
                    first,
                    m -> m.level().compareTo(level) >= 0);
            first(
                    "the model alone would have reached " + level.name().toLowerCase(Locale.ROOT),
                    around,
                    first,
                    m -> m.model().getOrDefault(WarningHorizon.HOUR_1, 0d) >= level.from());
        }
        report.end();
        plot(around, first, file);
    }

    private void line(
            String name,
            List<Moment> moments,
            long first,
            long[] at,
            java.util.function.Function<Moment, String> of) {
        StringBuilder line = new StringBuilder("| " + name + " |");
        for (long offset : at) {
            Optional<Moment> last =
                    moments.stream()
                            .filter(m -> m.nanos() <= first + offset)
                            .reduce((earlier, later) -> later);
            line.append(' ').append(last.map(of).orElse("")).append(" |");
        }
        report.row(line.toString());
    }

    /** When it first held in the hours before or after, and for how much of the time before. */
    private void first(String what, List<Moment> moments, long first, Predicate<Moment> holds) {
        List<Moment> before = moments.stream().filter(m -> m.nanos() <= first).toList();
        long share =
                before.isEmpty() ? 0 : 100 * before.stream().filter(holds).count() / before.size();
        // The last stretch counts: an alert that had ended long before was no warning of this.
        Optional<Moment> begun = Optional.empty();
        for (Moment moment : before.reversed()) {
            if (!holds.test(moment)) {
                break;
            }
            begun = Optional.of(moment);
        }
        String told =
                begun.map(m -> "%d min before it".formatted((first - m.nanos()) / Bars.MINUTE))
                        .or(
                                () ->
                                        moments.stream()
                                                .filter(m -> m.nanos() > first && holds.test(m))
                                                .findFirst()
                                                .map(
                                                        m ->
                                                                "%d min after it"
                                                                        .formatted(
                                                                                (m.nanos() - first)
                                                                                        / Bars
                                                                                                .MINUTE)))
                        .orElse("not within 6 h");
        report.row("* %s: %s; it held %d %% of the 24 h before.".formatted(what, told, share));
    }

    private void plot(List<Moment> moments, long first, String file) {
        double[] at =
                moments.stream()
                        .mapToDouble(m -> (m.nanos() - first) / (double) Bars.HOUR)
                        .toArray();
        Chart chart =
                new Chart(
                        "Score and probabilities (%) around the first forced close",
                        new Chart.Axis(-24, 6, v -> "%+.0f h".formatted(v)),
                        new Chart.Axis(0, 100, v -> "%.0f".formatted(v)));
        chart.line("score", "#1965b0", at, moments.stream().mapToDouble(Moment::score).toArray());
        chart.line("model, 1 h", "#dc050c", at, series(moments, Moment::model));
        chart.line("shown, 1 h", "#4eb265", at, series(moments, Moment::shown));
        chart.mark(0, "first forced close", "#333");
        report.plot(file + ".svg", "Score and probabilities", chart);
    }

    private static double[] series(
            List<Moment> moments,
            java.util.function.Function<Moment, Map<WarningHorizon, Double>> of) {
        return moments.stream()
                .mapToDouble(m -> 100 * of.apply(m).getOrDefault(WarningHorizon.HOUR_1, Double.NaN))
                .toArray();
    }

    private static String percent(@org.jspecify.annotations.Nullable Double share) {
        return share == null ? "" : "%.1f %%".formatted(100 * share);
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(0, nanos);
    }

    /** Score, adjustment and alert of one replay. */
    private static final class Scores {
        private final SentimentState state = new SentimentState(SentimentParameters.published(), 1);
        private final RiskAdjuster adjuster = new RiskAdjuster(AdjustmentParameters.published());
        private final InstrumentId id = new InstrumentId("BTC");
        private AlertLevel level = AlertLevel.NONE;

        Scores() {
            state.accept(new Observation.FeedChanged(Feed.PRICES, true, 0));
        }

        Moment moment(Bar bar, long length, Map<WarningHorizon, Warning> said, double forced) {
            double[] path = bar.path();
            for (int i = 0; i < path.length; i++) {
                Price price =
                        Price.parse(
                                BigDecimal.valueOf(path[i])
                                        .setScale(8, RoundingMode.HALF_EVEN)
                                        .toPlainString());
                long nanos = bar.startNanos() + length * (i + 1) / path.length;
                state.accept(new Observation.PriceObserved(id, price, Optional.empty(), nanos));
            }
            long end = bar.startNanos() + length;
            Score score = state.marketScore(end);
            adjuster.update(score, end);
            Map<WarningHorizon, Double> model = new EnumMap<>(WarningHorizon.class);
            Map<WarningHorizon, Double> shown = new EnumMap<>(WarningHorizon.class);
            said.forEach(
                    (horizon, warning) -> {
                        Optional.ofNullable(warning.forecasts().get(WarningPredictor.MODEL))
                                .ifPresent(p -> model.put(horizon, p));
                        warning.probability().ifPresent(p -> shown.put(horizon, p));
                    });
            level = level.after(shown.getOrDefault(WarningHorizon.HOUR_1, 0d));
            double multiplier = adjuster.at(Optional.empty(), end).multiplier().ppm() / 1e6;
            return new Moment(end, score.micros() / 1e6, multiplier, model, shown, level, forced);
        }
    }

    private record Moment(
            long nanos,
            double score,
            double multiplier,
            Map<WarningHorizon, Double> model,
            Map<WarningHorizon, Double> shown,
            AlertLevel level,
            double forced) {}
}

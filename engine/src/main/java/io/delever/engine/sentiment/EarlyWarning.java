package io.delever.engine.sentiment;

import io.delever.engine.sentiment.Warning.Reason;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Forecasts events of one horizon and learns from what came of its forecasts (EWRN-002 to
 * EWRN-007). A sample is forecast with what was known before it, waits until the horizon has
 * passed, and only then teaches. The same samples in the same order give the same forecasts. One
 * writer; the wait of a series is bounded by horizon ÷ spacing of its samples.
 */
public final class EarlyWarning {
    private static final int REASONS = 3;

    private final WarningHorizon horizon;
    private final Learning learning;
    private final EnumMap<WarningPredictor, LogisticModel> models =
            new EnumMap<>(WarningPredictor.class);
    private final EnumMap<WarningPredictor, Double> squares = new EnumMap<>(WarningPredictor.class);
    private final TreeMap<String, ArrayDeque<Pending>> waiting = new TreeMap<>();
    private final ArrayDeque<Taught> taught = new ArrayDeque<>();
    private int events;
    private int compared;
    private int sinceFit;

    /** Knows nothing. */
    public EarlyWarning(WarningHorizon horizon, Learning learning) {
        this.horizon = horizon;
        this.learning = learning;
        for (WarningPredictor predictor : WarningPredictor.values()) {
            squares.put(predictor, 0d);
        }
    }

    /**
     * Starts with models that were fitted elsewhere, on data of before (EWRN-009); they are
     * replaced by its own once it has learnt enough.
     */
    public static EarlyWarning with(
            WarningHorizon horizon,
            Learning learning,
            Map<WarningPredictor, LogisticModel> models) {
        EarlyWarning warning = new EarlyWarning(horizon, learning);
        models.forEach(
                (predictor, model) -> {
                    if (model.weights().size() != predictor.features().size()) {
                        throw new IllegalArgumentException(
                                "the model of "
                                        + predictor.id()
                                        + " has "
                                        + model.weights().size()
                                        + " weights, needs "
                                        + predictor.features().size());
                    }
                    warning.models.put(predictor, model);
                });
        return warning;
    }

    /** Forecasts at a sample, after learning from those whose horizon has passed by then. */
    public Warning observe(WarningSample sample) {
        ArrayDeque<Pending> queue =
                waiting.computeIfAbsent(sample.series(), series -> new ArrayDeque<>());
        while (!queue.isEmpty() && age(queue.peekFirst(), sample) >= horizon.nanos()) {
            Pending due = queue.removeFirst();
            // What came of a forecast is not known where nobody looked when it was due.
            if (age(due, sample) <= horizon.nanos() + learning.toleranceNanos()) {
                teach(due, sample);
            }
        }
        if (sinceFit >= learning.refitEvery()) {
            fit();
        }
        EnumMap<WarningPredictor, Double> forecasts = forecasts(sample);
        queue.addLast(new Pending(sample, forecasts));
        Optional<WarningPredictor> best = best(forecasts);
        return new Warning(
                sample.series(),
                sample.eventTimeNanos(),
                horizon,
                forecasts,
                best,
                best.map(predictor -> reasons(predictor, sample)).orElse(List.of()),
                sample.missing());
    }

    /** Samples that have taught, those forgotten again left out. */
    public int taught() {
        return taught.size();
    }

    /** How many of them were events. */
    public int events() {
        return events;
    }

    /**
     * Mean squared error of each predictor over the forecasts that all of them made and whose
     * outcome is known; empty before there is one.
     */
    public Map<WarningPredictor, Double> brier() {
        EnumMap<WarningPredictor, Double> mean = new EnumMap<>(WarningPredictor.class);
        if (compared > 0) {
            squares.forEach((predictor, sum) -> mean.put(predictor, sum / compared));
        }
        return mean;
    }

    /** Forecasts compared so far. */
    public int compared() {
        return compared;
    }

    /** What has been fitted. */
    public Map<WarningPredictor, LogisticModel> models() {
        return Map.copyOf(models);
    }

    private static long age(Pending pending, WarningSample now) {
        return now.eventTimeNanos() - pending.sample().eventTimeNanos();
    }

    private void teach(Pending due, WarningSample now) {
        double share = (now.forcedSoFar() - due.sample().forcedSoFar()) / due.sample().open();
        boolean happened = share >= horizon.threshold();
        if (due.forecasts().size() == WarningPredictor.values().length) {
            compared++;
            due.forecasts()
                    .forEach(
                            (predictor, p) -> {
                                double error = p - (happened ? 1 : 0);
                                squares.merge(predictor, error * error, Double::sum);
                            });
        }
        taught.addLast(new Taught(due.sample(), happened));
        events += happened ? 1 : 0;
        if (taught.size() > learning.capacity()) {
            events -= taught.removeFirst().happened() ? 1 : 0;
        }
        sinceFit++;
    }

    private void fit() {
        sinceFit = 0;
        for (WarningPredictor predictor : WarningPredictor.values()) {
            if (predictor.features().isEmpty()) {
                continue;
            }
            List<double[]> inputs = new ArrayList<>();
            List<Boolean> happened = new ArrayList<>();
            int hits = 0;
            for (Taught one : taught) {
                if (one.sample().has(predictor.features())) {
                    inputs.add(one.sample().values(predictor.features()));
                    happened.add(one.happened());
                    hits += one.happened() ? 1 : 0;
                }
            }
            int fewer = Math.min(hits, inputs.size() - hits);
            if (fewer >= learning.fewest() && fewer * learning.weight(horizon) >= 1) {
                models.put(
                        predictor, LogisticModel.fit(inputs, happened, learning.weight(horizon)));
            }
        }
    }

    private EnumMap<WarningPredictor, Double> forecasts(WarningSample sample) {
        EnumMap<WarningPredictor, Double> forecasts = new EnumMap<>(WarningPredictor.class);
        if (!taught.isEmpty()) {
            double weight = learning.weight(horizon);
            forecasts.put(
                    WarningPredictor.BASE_RATE,
                    (events * weight + 1) / (taught.size() * weight + 2));
        }
        models.forEach(
                (predictor, model) -> {
                    if (sample.has(predictor.features())) {
                        double p = model.probability(sample.values(predictor.features()));
                        forecasts.put(predictor, p);
                    }
                });
        return forecasts;
    }

    /** The least mean squared error so far; of equals the simplest. */
    private Optional<WarningPredictor> best(Map<WarningPredictor, Double> forecasts) {
        Optional<WarningPredictor> best = Optional.empty();
        for (WarningPredictor predictor : WarningPredictor.values()) {
            if (forecasts.containsKey(predictor)
                    && best.map(b -> errors(predictor) < errors(b)).orElse(true)) {
                best = Optional.of(predictor);
            }
        }
        return best;
    }

    private double errors(WarningPredictor predictor) {
        return squares.getOrDefault(predictor, 0d);
    }

    private List<Reason> reasons(WarningPredictor predictor, WarningSample sample) {
        LogisticModel model = models.get(predictor);
        if (model == null) {
            return List.of();
        }
        List<Reason> reasons = new ArrayList<>();
        double[] values = sample.values(predictor.features());
        for (int i = 0; i < values.length; i++) {
            reasons.add(
                    new Reason(
                            predictor.features().get(i), values[i], model.logOdds(i, values[i])));
        }
        reasons.sort(
                Comparator.comparingDouble((Reason r) -> -Math.abs(r.logOdds()))
                        .thenComparing(Reason::feature));
        return reasons.size() > REASONS ? reasons.subList(0, REASONS) : reasons;
    }

    /**
     * How it learns.
     *
     * @param capacity samples remembered, at least 1; the oldest is forgotten
     * @param refitEvery samples between two fits, at least 1
     * @param fewest events, and samples without one, before a fit
     * @param spacingNanos time between two samples of a series, above 0; the outcome of a forecast
     *     may be looked at two of them late
     */
    public record Learning(int capacity, int refitEvery, int fewest, long spacingNanos) {
        /** Refuses what is out of range. */
        public Learning {
            if (capacity < 1 || refitEvery < 1 || fewest < 1 || spacingNanos < 1) {
                throw new IllegalArgumentException(
                        "capacity, refit, fewest and spacing must be at least 1, got "
                                + capacity
                                + ", "
                                + refitEvery
                                + ", "
                                + fewest
                                + ", "
                                + spacingNanos);
            }
        }

        /** What the spec states (EWRN-003), for samples five minutes apart. */
        public static Learning published() {
            return new Learning(40_000, 512, 30, 300_000_000_000L);
        }

        /** How late the outcome of a forecast may be looked at. */
        public long toleranceNanos() {
            return 2 * spacingNanos;
        }

        /** Samples whose horizons overlap tell together what one alone would tell. */
        double weight(WarningHorizon horizon) {
            return Math.min(1, (double) spacingNanos / horizon.nanos());
        }
    }

    private record Pending(WarningSample sample, EnumMap<WarningPredictor, Double> forecasts) {}

    private record Taught(WarningSample sample, boolean happened) {}
}

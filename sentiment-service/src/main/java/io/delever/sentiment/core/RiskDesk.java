package io.delever.sentiment.core;

import io.delever.engine.sentiment.AlertLevel;
import io.delever.engine.sentiment.EarlyWarning;
import io.delever.engine.sentiment.LogisticModel;
import io.delever.engine.sentiment.MarketGauge;
import io.delever.engine.sentiment.Observation;
import io.delever.engine.sentiment.ScoreConverter;
import io.delever.engine.sentiment.Warning;
import io.delever.engine.sentiment.WarningHorizon;
import io.delever.engine.sentiment.WarningPredictor;
import io.delever.engine.stress.LiveLevels;
import io.delever.sentiment.core.RiskView.Graded;
import io.delever.sentiment.core.RiskView.Skill;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Follows every instrument for the early warning and keeps the newest map of liquidation levels
 * (SSVC-020, SSVC-021). Observations come from the loop's thread, books from the poll; one lock
 * orders them, and what others read is an immutable view.
 */
public final class RiskDesk {
    private static final int MINIMUM_RETURNS = 12;

    private final Limits limits;
    private final WarningHistory history;
    private final Map<WarningHorizon, EarlyWarning> warnings = new EnumMap<>(WarningHorizon.class);
    private final Map<String, MarketGauge> gauges = new TreeMap<>();
    private final Map<String, AlertLevel> levels = new TreeMap<>();
    private long originNanos;
    private long sampledNanos;
    private volatile RiskView view = RiskView.none();

    /**
     * Limits of the desk.
     *
     * @param speed how many times as fast as the market the prices come, at least 1
     * @param maximumInstruments further ones are left out
     * @param sampleNanos market time between two looks of the early warning
     * @param depthShare of the open size that moves a price by one percent: an assumption
     */
    public record Limits(long speed, int maximumInstruments, long sampleNanos, double depthShare) {
        /** Refuses limits that cannot work. */
        public Limits {
            if (speed < 1 || maximumInstruments < 1 || sampleNanos < 1 || !(depthShare > 0)) {
                throw new IllegalArgumentException(
                        "limits of the risk desk must be positive, got "
                                + speed
                                + ", "
                                + maximumInstruments
                                + ", "
                                + sampleNanos
                                + ", "
                                + depthShare);
            }
        }
    }

    /** Starts with models that were fitted elsewhere. */
    public RiskDesk(
            Limits limits,
            WarningHistory history,
            Map<WarningHorizon, Map<WarningPredictor, LogisticModel>> models) {
        this.limits = limits;
        this.history = history;
        for (WarningHorizon horizon : WarningHorizon.values()) {
            warnings.put(
                    horizon,
                    EarlyWarning.with(
                            horizon,
                            EarlyWarning.Learning.published(),
                            models.getOrDefault(horizon, Map.of())));
        }
    }

    /** The newest view. */
    public RiskView view() {
        return view;
    }

    /** The map of one instrument with the assumed depth. */
    public Optional<LiveLevels.Market> market(String instrument) {
        return view.book().levels().market(instrument, limits.depthShare());
    }

    /** Takes what the loop took. */
    public synchronized void accept(Observation observation) {
        switch (observation) {
            case Observation.PriceObserved priced ->
                    gauge(priced.instrument().value())
                            .ifPresent(
                                    gauge ->
                                            gauge.priced(
                                                    units(priced.index().e8()),
                                                    market(priced.eventTimeNanos())));
            case Observation.PriceLost lost ->
                    gauge(lost.instrument().value()).ifPresent(MarketGauge::lost);
            case Observation.PositionClosedByForce closed ->
                    gauge(closed.instrument().value())
                            .ifPresent(
                                    gauge ->
                                            gauge.closedByForce(
                                                    units(closed.notional().e8()),
                                                    market(closed.eventTimeNanos())));
            case Observation.HoldersCounted _,
                    Observation.AccountsAtRisk _,
                    Observation.FeedChanged _ -> {}
        }
    }

    /** Takes a new book, and looks at every instrument where it is time. */
    public synchronized void take(LiveBook book) {
        long now = market(book.eventTimeNanos());
        double reach = MarketGauge.fuelDistance();
        for (String id : book.levels().instruments()) {
            Optional<LiveLevels.Market> market = book.levels().market(id, limits.depthShare());
            if (market.isPresent()) {
                LiveLevels.Market live = market.get();
                gauge(id).ifPresent(gauge -> fuel(gauge, live, reach, now));
            }
        }
        List<Graded> graded = view.warnings();
        if (graded.isEmpty() || now - sampledNanos >= limits.sampleNanos()) {
            sampledNanos = now;
            graded = look(now, book.eventTimeNanos());
            history.keep(graded);
        }
        view = new RiskView(book, graded, skills());
    }

    /** The book is not to be had: what rests on it is missing. */
    public synchronized void bookLost() {
        gauges.values().forEach(MarketGauge::fuelLost);
    }

    private static void fuel(MarketGauge gauge, LiveLevels.Market live, double reach, long now) {
        gauge.open(live.openNotional(), now);
        double price = live.price();
        gauge.fuel(
                live.map().fuel(price * (1 - reach)) * price,
                live.map().fuel(price * (1 + reach)) * price);
    }

    private List<Graded> look(long now, long eventTimeNanos) {
        List<Graded> graded = new ArrayList<>();
        gauges.forEach(
                (id, gauge) ->
                        gauge.sample(id, now)
                                .ifPresent(
                                        sample -> {
                                            for (WarningHorizon horizon : WarningHorizon.values()) {
                                                Warning warning = warning(horizon).observe(sample);
                                                graded.add(grade(warning, eventTimeNanos));
                                            }
                                        }));
        return graded;
    }

    private Graded grade(Warning warning, long eventTimeNanos) {
        String key = warning.series() + ' ' + warning.horizon().id();
        AlertLevel before = levels.getOrDefault(key, AlertLevel.NONE);
        AlertLevel after = warning.probability().map(before::after).orElse(AlertLevel.NONE);
        levels.put(key, after);
        return new Graded(warning, after, eventTimeNanos);
    }

    private List<Skill> skills() {
        List<Skill> skills = new ArrayList<>();
        warnings.forEach(
                (horizon, warning) -> {
                    Map<WarningPredictor, Double> brier = warning.brier();
                    for (WarningPredictor predictor : WarningPredictor.values()) {
                        skills.add(
                                new Skill(
                                        horizon,
                                        predictor,
                                        Optional.ofNullable(brier.get(predictor)),
                                        warning.compared()));
                    }
                });
        return skills;
    }

    private EarlyWarning warning(WarningHorizon horizon) {
        EarlyWarning warning = warnings.get(horizon);
        if (warning == null) {
            throw new IllegalStateException("no warning for " + horizon.id());
        }
        return warning;
    }

    private Optional<MarketGauge> gauge(String id) {
        MarketGauge known = gauges.get(id);
        if (known == null && gauges.size() < limits.maximumInstruments()) {
            known = new MarketGauge(MINIMUM_RETURNS);
            gauges.put(id, known);
        }
        return Optional.ofNullable(known);
    }

    /** Market time: in a replay at speed it runs faster than the clock. */
    private long market(long nanos) {
        if (originNanos == 0) {
            originNanos = nanos;
        }
        return originNanos + Math.multiplyExact(nanos - originNanos, limits.speed());
    }

    private static double units(long e8) {
        return ScoreConverter.units(e8);
    }
}

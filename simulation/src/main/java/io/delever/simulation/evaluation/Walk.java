package io.delever.simulation.evaluation;

import io.delever.engine.sentiment.EarlyWarning;
import io.delever.engine.sentiment.MarketGauge;
import io.delever.engine.sentiment.Warning;
import io.delever.engine.sentiment.WarningHorizon;
import io.delever.engine.sentiment.WarningSample;
import io.delever.engine.stress.ReferenceBook;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Walks forward through recorded bars: every forecast is made with what was known before it, and
 * its outcome is looked up afterwards (EVAL-002).
 */
final class Walk {
    private static final int FEWEST_RETURNS = 12;

    private final Map<WarningHorizon, EarlyWarning> warnings = new EnumMap<>(WarningHorizon.class);
    private final Map<WarningHorizon, List<Outcome>> outcomes = new EnumMap<>(WarningHorizon.class);
    private final Map<String, Follower> followers = new TreeMap<>();
    private final EarlyWarning.Learning learning;
    private final long warmUpNanos;

    /**
     * @param warmUpNanos no sample is taken of a series before its book is so old
     */
    Walk(EarlyWarning.Learning learning, long warmUpNanos) {
        this.learning = learning;
        this.warmUpNanos = warmUpNanos;
        for (WarningHorizon horizon : WarningHorizon.values()) {
            warnings.put(horizon, new EarlyWarning(horizon, learning));
            outcomes.put(horizon, new ArrayList<>());
        }
    }

    /** Outcomes so far, and from now on new ones: models stay. */
    Map<WarningHorizon, List<Outcome>> takeOutcomes() {
        Map<WarningHorizon, List<Outcome>> taken = new EnumMap<>(WarningHorizon.class);
        outcomes.forEach((horizon, list) -> taken.put(horizon, List.copyOf(list)));
        outcomes.values().forEach(List::clear);
        followers.clear();
        return taken;
    }

    EarlyWarning warning(WarningHorizon horizon) {
        EarlyWarning warning = warnings.get(horizon);
        if (warning == null) {
            throw new IllegalStateException("no warning for " + horizon);
        }
        return warning;
    }

    /**
     * One bar of one series.
     *
     * @param recordedOpen open interest as notional where it was recorded; else the book's own
     * @return what is said at its end, by horizon; empty in the warm-up
     */
    Map<WarningHorizon, Warning> bar(
            String series, Bar bar, long lengthNanos, Optional<Double> recordedOpen) {
        Follower follower = followers.computeIfAbsent(series, name -> new Follower(name, bar));
        Optional<WarningSample> sample = follower.bar(bar, lengthNanos, recordedOpen);
        Map<WarningHorizon, Warning> said = new EnumMap<>(WarningHorizon.class);
        if (sample.isEmpty() || bar.startNanos() - follower.since < warmUpNanos) {
            return said;
        }
        for (WarningHorizon horizon : WarningHorizon.values()) {
            if (horizon.nanos() >= lengthNanos) {
                Warning warning = warning(horizon).observe(sample.get());
                said.put(horizon, warning);
                follower.resolve(horizon, sample.get(), warning);
            }
        }
        return said;
    }

    /** What one series has closed by force, as a share of what is open. */
    double lastForcedShare(String series) {
        Follower follower = followers.get(series);
        return follower == null ? 0 : follower.lastShare;
    }

    /** One market: its reference book, its gauge and the forecasts that wait. */
    private final class Follower {
        private final String series;
        private final ReferenceBook book;
        private final MarketGauge gauge = new MarketGauge(FEWEST_RETURNS);
        private final Map<WarningHorizon, ArrayDeque<Wait>> waiting =
                new EnumMap<>(WarningHorizon.class);
        private final long since;
        private double lastShare;

        Follower(String series, Bar first) {
            this.series = series;
            this.since = first.startNanos();
            this.book =
                    new ReferenceBook(
                            ReferenceBook.Mix.published(), first.open(), first.startNanos());
            for (WarningHorizon horizon : WarningHorizon.values()) {
                waiting.put(horizon, new ArrayDeque<>());
            }
        }

        Optional<WarningSample> bar(Bar bar, long length, Optional<Double> recordedOpen) {
            double[] path = bar.path();
            double before = Math.max(book.openNotional(), Double.MIN_NORMAL);
            double closed = 0;
            for (int i = 0; i < path.length; i++) {
                long now = bar.startNanos() + length * (i + 1) / path.length;
                book.elapse(now);
                gauge.priced(path[i], now);
                double forced = book.at(path[i]).all();
                gauge.closedByForce(forced, now);
                closed += forced;
            }
            lastShare = closed / before;
            long end = bar.startNanos() + length;
            double volume = bar.volume() > 0 ? bar.volume() * bar.close() : 1;
            book.open(
                    bar.close(),
                    recordedOpen.map(o -> Math.max(0, o - book.openNotional())).orElse(volume));
            gauge.open(recordedOpen.orElse(book.openNotional()), end);
            double reach = MarketGauge.fuelDistance();
            gauge.fuel(
                    book.fuel(bar.close(), bar.close() * (1 - reach)),
                    book.fuel(bar.close(), bar.close() * (1 + reach)));
            return gauge.sample(series, end);
        }

        void resolve(WarningHorizon horizon, WarningSample sample, Warning warning) {
            ArrayDeque<Wait> queue = waiting.getOrDefault(horizon, new ArrayDeque<>());
            while (!queue.isEmpty() && age(queue.peekFirst(), sample) >= horizon.nanos()) {
                Wait due = queue.removeFirst();
                if (age(due, sample) > horizon.nanos() + learning.toleranceNanos()) {
                    continue;
                }
                double share =
                        (sample.forcedSoFar() - due.sample().forcedSoFar()) / due.sample().open();
                outcomes.getOrDefault(horizon, new ArrayList<>())
                        .add(
                                new Outcome(
                                        due.sample().eventTimeNanos(),
                                        due.warning().forecasts(),
                                        due.warning().shown(),
                                        share >= horizon.threshold()));
            }
            queue.addLast(new Wait(sample, warning));
        }

        private long age(Wait wait, WarningSample now) {
            return now.eventTimeNanos() - wait.sample().eventTimeNanos();
        }
    }

    private record Wait(WarningSample sample, Warning warning) {}
}

package io.delever.sentiment.core;

import io.delever.engine.sentiment.AlertLevel;
import io.delever.engine.sentiment.Warning;
import io.delever.engine.sentiment.WarningHorizon;
import io.delever.engine.sentiment.WarningPredictor;
import java.util.List;
import java.util.Optional;

/**
 * What the risk desk knows at one moment.
 *
 * @param warnings by instrument, then horizon
 * @param skills by horizon, then predictor
 */
public record RiskView(LiveBook book, List<Graded> warnings, List<Skill> skills) {
    /** Copies the lists. */
    public RiskView {
        warnings = List.copyOf(warnings);
        skills = List.copyOf(skills);
    }

    /** How many warnings are at this level now. */
    public long count(AlertLevel level) {
        return warnings.stream().filter(graded -> graded.level() == level).count();
    }

    static RiskView none() {
        return new RiskView(LiveBook.none(), List.of(), List.of());
    }

    /**
     * A warning and how loud it is.
     *
     * @param eventTimeNanos by the clock; the warning's own time is the market's
     */
    public record Graded(Warning warning, AlertLevel level, long eventTimeNanos) {}

    /** How a predictor did so far; empty before there is an outcome. */
    public record Skill(
            WarningHorizon horizon,
            WarningPredictor predictor,
            Optional<Double> brier,
            int outcomes) {}
}

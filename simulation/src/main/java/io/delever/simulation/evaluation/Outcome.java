package io.delever.simulation.evaluation;

import io.delever.engine.sentiment.WarningPredictor;
import java.util.Map;
import java.util.Optional;

/**
 * A forecast and what came of it.
 *
 * @param shown the predictor that the product showed
 */
record Outcome(
        long nanos,
        Map<WarningPredictor, Double> forecasts,
        Optional<WarningPredictor> shown,
        boolean happened) {
    /** Squared error of one predictor. */
    double error(WarningPredictor predictor) {
        double p = forecasts.getOrDefault(predictor, Double.NaN);
        return (p - (happened ? 1 : 0)) * (p - (happened ? 1 : 0));
    }

    /** Squared error of what was shown. */
    double shownError() {
        return error(shown.orElseThrow());
    }

    /** Whether every predictor spoke, so that they can be compared. */
    boolean complete() {
        return shown.isPresent() && forecasts.size() == WarningPredictor.values().length;
    }
}

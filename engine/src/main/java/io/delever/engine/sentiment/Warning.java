package io.delever.engine.sentiment;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How likely a de-leveraging event is within one horizon.
 *
 * @param forecasts of every predictor that can speak, 0 to 1
 * @param shown whose forecast is shown: the one that has been best so far (EWRN-005); empty while
 *     nothing has been learnt
 * @param reasons what moves the shown forecast, the strongest first
 * @param missing features that are not to be had
 */
public record Warning(
        String series,
        long eventTimeNanos,
        WarningHorizon horizon,
        Map<WarningPredictor, Double> forecasts,
        Optional<WarningPredictor> shown,
        List<Reason> reasons,
        List<WarningFeature> missing) {
    /** Copies the collections. */
    public Warning {
        forecasts = Map.copyOf(forecasts);
        reasons = List.copyOf(reasons);
        missing = List.copyOf(missing);
    }

    /** The probability that is shown; empty while nothing has been learnt. */
    public Optional<Double> probability() {
        return shown.map(forecasts::get);
    }

    /**
     * Why.
     *
     * @param value of the feature
     * @param logOdds what it adds, against a usual value
     */
    public record Reason(WarningFeature feature, double value, double logOdds) {}
}

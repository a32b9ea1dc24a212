package io.delever.engine.sentiment;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * One market at one time, as a warning sees it.
 *
 * @param series which market
 * @param eventTimeNanos when
 * @param features those that are to be had; what is absent is missing
 * @param forcedSoFar notional closed by force since the beginning, never falling
 * @param open notional that is open, above 0
 */
public record WarningSample(
        String series,
        long eventTimeNanos,
        Map<WarningFeature, Double> features,
        double forcedSoFar,
        double open) {
    /** Copies the map; refuses what is not a number and open notional that is not above 0. */
    public WarningSample {
        EnumMap<WarningFeature, Double> copy = new EnumMap<>(WarningFeature.class);
        copy.putAll(features);
        for (Map.Entry<WarningFeature, Double> entry : copy.entrySet()) {
            if (!Double.isFinite(entry.getValue())) {
                throw new IllegalArgumentException(
                        entry.getKey().id() + " of " + series + " is " + entry.getValue());
            }
        }
        features = Map.copyOf(copy);
        if (!(open > 0) || !Double.isFinite(open) || !Double.isFinite(forcedSoFar)) {
            throw new IllegalArgumentException(
                    "open notional of "
                            + series
                            + " must be above 0, got "
                            + open
                            + "; closed by force "
                            + forcedSoFar);
        }
    }

    boolean has(List<WarningFeature> wanted) {
        return features.keySet().containsAll(wanted);
    }

    double[] values(List<WarningFeature> wanted) {
        double[] values = new double[wanted.size()];
        for (int i = 0; i < values.length; i++) {
            Double value = features.get(wanted.get(i));
            if (value == null) {
                throw new IllegalStateException("no " + wanted.get(i).id());
            }
            values[i] = value;
        }
        return values;
    }

    /** The features that are not there. */
    List<WarningFeature> missing() {
        List<WarningFeature> missing = new ArrayList<>();
        for (WarningFeature feature : WarningFeature.values()) {
            if (!features.containsKey(feature)) {
                missing.add(feature);
            }
        }
        return missing;
    }
}

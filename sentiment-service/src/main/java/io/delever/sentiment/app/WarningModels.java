package io.delever.sentiment.app;

import io.delever.engine.sentiment.LogisticModel;
import io.delever.engine.sentiment.WarningFeature;
import io.delever.engine.sentiment.WarningHorizon;
import io.delever.engine.sentiment.WarningPredictor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The models that early warning starts with: those that {@code ./delever evaluate} fitted on the
 * window of May 2022 (SSVC-020).
 */
final class WarningModels {
    private static final String FILE = "/early-warning-models.csv";

    private WarningModels() {}

    /** The models that come along. */
    static Map<WarningHorizon, Map<WarningPredictor, LogisticModel>> bundled() {
        try (InputStream in =
                Objects.requireNonNull(WarningModels.class.getResourceAsStream(FILE), FILE)) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lines of horizon, predictor, feature or "intercept", mean, spread, weight, after a head. */
    static Map<WarningHorizon, Map<WarningPredictor, LogisticModel>> parse(String text) {
        Map<WarningHorizon, Map<WarningPredictor, LogisticModel>> models =
                new EnumMap<>(WarningHorizon.class);
        List<String[]> rows = text.lines().skip(1).map(line -> line.split(",", -1)).toList();
        for (WarningHorizon horizon : WarningHorizon.values()) {
            for (WarningPredictor predictor : WarningPredictor.values()) {
                List<String[]> own =
                        rows.stream()
                                .filter(row -> row[0].equals(horizon.id()))
                                .filter(row -> row[1].equals(predictor.id()))
                                .toList();
                if (!own.isEmpty()) {
                    models.computeIfAbsent(horizon, h -> new EnumMap<>(WarningPredictor.class))
                            .put(predictor, model(predictor, own));
                }
            }
        }
        return models;
    }

    private static LogisticModel model(WarningPredictor predictor, List<String[]> rows) {
        List<Double> means = new ArrayList<>();
        List<Double> spreads = new ArrayList<>();
        List<Double> weights = new ArrayList<>();
        for (WarningFeature feature : predictor.features()) {
            String[] row = row(rows, feature.id());
            means.add(Double.parseDouble(row[3]));
            spreads.add(Double.parseDouble(row[4]));
            weights.add(Double.parseDouble(row[5]));
        }
        double intercept = Double.parseDouble(row(rows, "intercept")[5]);
        return new LogisticModel(intercept, means, spreads, weights);
    }

    private static String[] row(List<String[]> rows, String name) {
        return rows.stream()
                .filter(row -> row[2].equals(name) && row.length == 6)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(FILE + " has no row of " + name));
    }
}

package io.delever.simulation.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Compares what was published with what the engine computed, field by field. */
final class Comparison {
    private final Tolerance tolerance;
    private final List<Mismatch> mismatches = new ArrayList<>();

    /**
     * A field that differs.
     *
     * @param field its path in the example's expected part
     * @param expected as published
     * @param actual as computed
     */
    record Mismatch(String field, String expected, String actual) {}

    private Comparison(Tolerance tolerance) {
        this.tolerance = tolerance;
    }

    /**
     * Every published field that the figures do not match; figures that were not published do not
     * count.
     */
    static List<Mismatch> of(Example example, Figure.Named actual) {
        Comparison comparison = new Comparison(Tolerance.of(example));
        if (example.expected().isEmpty()) {
            comparison.differs("expected", "at least one figure", "none was published");
        }
        comparison.compare("", example.expected(), actual);
        return List.copyOf(comparison.mismatches);
    }

    private void compare(String path, JsonNode expected, Figure actual) {
        boolean same =
                switch (actual) {
                    case Figure.Num num ->
                            expected.isNumber()
                                    && tolerance.admits(expected.decimalValue(), num.value());
                    case Figure.Truncated cut -> expected.isNumber() && isCut(expected, cut);
                    case Figure.Cut cut -> expected.isNumber() && isCutOrNear(expected, cut);
                    case Figure.Flag flag ->
                            expected.isBoolean() && expected.booleanValue() == flag.value();
                    case Figure.Word word ->
                            (expected.isTextual() || expected.isIntegralNumber())
                                    && expected.asText().equals(word.value());
                    case Figure.Absent _ -> expected.isNull();
                    case Figure.NoPrice _ ->
                            expected.isNull()
                                    || (expected.isNumber()
                                            && expected.decimalValue().signum() == 0);
                    case Figure.Many many -> compareItems(path, expected, many);
                    case Figure.Named named -> compareFields(path, expected, named);
                };
        if (!same) {
            differs(path, expected.toString(), actual.toString());
        }
    }

    private boolean compareItems(String path, JsonNode expected, Figure.Many actual) {
        if (!expected.isArray() || expected.size() != actual.items().size()) {
            return false;
        }
        for (int i = 0; i < expected.size(); i++) {
            compare(path + "[" + i + "]", expected.get(i), actual.items().get(i));
        }
        return true;
    }

    private boolean compareFields(String path, JsonNode expected, Figure.Named actual) {
        if (!expected.isObject()) {
            return false;
        }
        expected.fieldNames()
                .forEachRemaining(
                        name -> {
                            String field = path.isEmpty() ? name : path + "." + name;
                            Figure figure = actual.figures().get(name);
                            if (figure == null) {
                                differs(field, expected.get(name).toString(), "not computed");
                            } else {
                                compare(field, expected.get(name), figure);
                            }
                        });
        return true;
    }

    private boolean isCutOrNear(JsonNode expected, Figure.Cut actual) {
        BigDecimal printed = expected.decimalValue();
        int decimals = Math.max(0, printed.scale());
        return tolerance.admits(printed, actual.value())
                || printed.compareTo(actual.value().setScale(decimals, RoundingMode.DOWN)) == 0;
    }

    private static boolean isCut(JsonNode expected, Figure.Truncated actual) {
        BigDecimal cut = actual.value().setScale(actual.decimals(), RoundingMode.DOWN);
        return expected.decimalValue().compareTo(cut) == 0;
    }

    private void differs(String field, String expected, String actual) {
        mismatches.add(new Mismatch(field, expected, actual));
    }
}

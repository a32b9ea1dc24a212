package io.delever.simulation.conformance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of each example (SIMU-081). */
final class ConformanceReport {
    private final Map<String, Tally> covered = new TreeMap<>();
    private final Map<String, Integer> notCovered = new TreeMap<>();
    private final List<Failure> failures = new ArrayList<>();
    private final List<Failure> disputed = new ArrayList<>();

    /** Examples of one kind. */
    static final class Tally {
        private int passed;
        private int failed;
        private int disputed;

        int passed() {
            return passed;
        }

        int failed() {
            return failed;
        }

        int disputed() {
            return disputed;
        }
    }

    /** A field of an example that is not as published, or an example that could not be run. */
    record Failure(String id, String kind, String field, String expected, String actual) {}

    /** Runs every example. */
    static ConformanceReport of(Collection<Example> examples, References references) {
        ConformanceReport report = new ConformanceReport();
        for (Example example : examples) {
            Kinds.rule(example.kind())
                    .ifPresentOrElse(
                            rule -> report.run(example, rule, references),
                            () -> report.notCovered.merge(example.kind(), 1, Integer::sum));
        }
        return report;
    }

    boolean isPassed() {
        return failures.isEmpty();
    }

    Map<String, Tally> covered() {
        return covered;
    }

    Map<String, Integer> notCovered() {
        return notCovered;
    }

    List<Failure> failures() {
        return List.copyOf(failures);
    }

    List<Failure> disputed() {
        return List.copyOf(disputed);
    }

    private void run(Example example, Rule rule, References references) {
        Tally tally = covered.computeIfAbsent(example.kind(), kind -> new Tally());
        List<Failure> differences = differences(example, rule, references);
        if (differences.isEmpty()) {
            tally.passed++;
        } else if (example.disputed()) {
            tally.disputed++;
            disputed.addAll(differences);
        } else {
            tally.failed++;
            failures.addAll(differences);
        }
    }

    private static List<Failure> differences(Example example, Rule rule, References references) {
        try {
            Input input = Input.of("input", example.input());
            return Comparison.of(example, rule.compute(input, references)).stream()
                    .map(
                            m ->
                                    new Failure(
                                            example.id(),
                                            example.kind(),
                                            m.field(),
                                            m.expected(),
                                            m.actual()))
                    .toList();
        } catch (ShapeException e) {
            return List.of(notRun(example, "not understood: " + e.getMessage()));
        } catch (IllegalArgumentException | ArithmeticException e) {
            return List.of(notRun(example, "refused: " + e.getMessage()));
        }
    }

    private static Failure notRun(Example example, String why) {
        return new Failure(
                example.id(), example.kind(), "input", example.expected().toString(), why);
    }
}

package io.delever.simulation.conformance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.delever.simulation.conformance.ConformanceReport.Failure;
import io.delever.simulation.conformance.ConformanceReport.Tally;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.ToIntFunction;

/** A report for people and for tools. */
final class ConformanceText {
    private ConformanceText() {}

    static String forPeople(ConformanceReport report) {
        List<String> lines = new ArrayList<>();
        for (Failure failure : report.failures()) {
            lines.add("FAILED " + described(failure));
        }
        for (Failure failure : report.disputed()) {
            lines.add("disputed by its own file: " + described(failure));
        }
        lines.add("covered kinds, passed/run:");
        report.covered()
                .forEach(
                        (kind, tally) ->
                                lines.add(
                                        "  %-32s %d/%d"
                                                .formatted(kind, tally.passed(), run(tally))));
        lines.add("kinds not covered:");
        report.notCovered()
                .forEach(
                        (kind, count) ->
                                lines.add(
                                        "  %-38s %3d  %s".formatted(kind, count, Kinds.reason())));
        lines.add(
                "%d passed, %d failed, %d disputed, %d of kinds not covered"
                        .formatted(
                                passed(report),
                                failed(report),
                                sum(report.covered().values(), Tally::disputed),
                                notCovered(report)));
        return String.join("\n", lines) + "\n";
    }

    private static String described(Failure failure) {
        return "%s (%s) %s: expected %s, actual %s"
                .formatted(
                        failure.id(),
                        failure.kind(),
                        failure.field(),
                        failure.expected(),
                        failure.actual());
    }

    static String forTools(ConformanceReport report) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("passed", passed(report));
        root.put("failed", failed(report));
        root.put("disputed", sum(report.covered().values(), Tally::disputed));
        root.put("notCovered", notCovered(report));
        ArrayNode kinds = root.putArray("kinds");
        report.covered()
                .forEach(
                        (kind, tally) ->
                                kinds.addObject()
                                        .put("kind", kind)
                                        .put("run", run(tally))
                                        .put("passed", tally.passed())
                                        .put("failed", tally.failed()));
        ArrayNode missing = root.putArray("kindsNotCovered");
        report.notCovered()
                .forEach(
                        (kind, count) ->
                                missing.addObject()
                                        .put("kind", kind)
                                        .put("examples", count)
                                        .put("reason", Kinds.reason()));
        addAll(root.putArray("failures"), report.failures());
        addAll(root.putArray("disputedFigures"), report.disputed());
        return root.toPrettyString() + "\n";
    }

    private static void addAll(ArrayNode array, Collection<Failure> failures) {
        for (Failure failure : failures) {
            array.addObject()
                    .put("id", failure.id())
                    .put("kind", failure.kind())
                    .put("field", failure.field())
                    .put("expected", failure.expected())
                    .put("actual", failure.actual());
        }
    }

    private static int passed(ConformanceReport report) {
        return sum(report.covered().values(), Tally::passed);
    }

    private static int failed(ConformanceReport report) {
        return sum(report.covered().values(), Tally::failed);
    }

    private static int notCovered(ConformanceReport report) {
        return report.notCovered().values().stream().mapToInt(Integer::intValue).sum();
    }

    private static int run(Tally tally) {
        return tally.passed() + tally.failed() + tally.disputed();
    }

    private static int sum(Collection<Tally> tallies, ToIntFunction<Tally> count) {
        return tallies.stream().mapToInt(count).sum();
    }
}

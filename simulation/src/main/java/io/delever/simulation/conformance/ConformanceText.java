package io.delever.simulation.conformance;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.delever.simulation.conformance.ConformanceReport.Failure;
import io.delever.simulation.conformance.ConformanceReport.Tally;
import java.util.Collection;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** A report for people and for tools. */
final class ConformanceText {
    private ConformanceText() {}

    static String forPeople(ConformanceReport report) {
        StringBuilder text = new StringBuilder();
        for (Failure failure : report.failures()) {
            line(
                    text,
                    "FAILED %s (%s) %s: expected %s, actual %s",
                    failure.id(),
                    failure.kind(),
                    failure.field(),
                    failure.expected(),
                    failure.actual());
        }
        for (Failure failure : report.disputed()) {
            line(
                    text,
                    "disputed by its own file: %s (%s) %s: expected %s, actual %s",
                    failure.id(),
                    failure.kind(),
                    failure.field(),
                    failure.expected(),
                    failure.actual());
        }
        line(text, "covered kinds, passed/run:");
        report.covered()
                .forEach(
                        (kind, tally) ->
                                line(text, "  %-32s %d/%d", kind, tally.passed(), run(tally)));
        line(text, "kinds not covered:");
        report.notCovered()
                .forEach(
                        (kind, count) ->
                                line(text, "  %-38s %3d  %s", kind, count, Kinds.reason(kind)));
        line(
                text,
                "%d passed, %d failed, %d disputed, %d of kinds not covered",
                passed(report),
                failed(report),
                sum(report.covered().values(), Tally::disputed),
                notCovered(report));
        return text.toString();
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
                                        .put("reason", Kinds.reason(kind)));
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

    private static int sum(
            Collection<Tally> tallies, ToIntFunction<Tally> count) {
        return tallies.stream().mapToInt(count).sum();
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}

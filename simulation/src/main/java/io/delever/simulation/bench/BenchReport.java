package io.delever.simulation.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

/**
 * The figures with the machine they were measured on.
 *
 * @param loadAverage runnable threads of the whole machine in the last minute, before the run
 */
record BenchReport(int accounts, long seed, double loadAverage, List<Figure> figures) {
    private static final JsonMapper JSON = new JsonMapper();

    /** A table for people. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        Locale.ROOT,
                        "%s, %d processors, load %.1f before the run, heap at most %d MiB, JDK"
                                + " %s%n",
                        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                        Runtime.getRuntime().availableProcessors(),
                        loadAverage,
                        Runtime.getRuntime().maxMemory() >> 20,
                        System.getProperty("java.version")));
        text.append(String.format("%-44s %12s %12s  %-6s %s%n", "", "best", "median", "", "aim"));
        for (Figure figure : figures) {
            String limit =
                    figure.limit()
                            .map(
                                    l ->
                                            String.format(
                                                    Locale.ROOT,
                                                    "%.1f %% of %s",
                                                    100 * l.share(),
                                                    l.name()))
                            .orElse("");
            text.append(
                    String.format(
                                    Locale.ROOT,
                                    "%-44s %12.2f %12.2f  %-6s %-16s %s",
                                    figure.name(),
                                    figure.value(),
                                    figure.median(),
                                    figure.unit(),
                                    aim(figure),
                                    limit)
                            .stripTrailing());
            text.append('\n');
        }
        return text.toString();
    }

    private static String aim(Figure figure) {
        return figure.aim()
                .map(
                        aim ->
                                String.format(
                                        Locale.ROOT,
                                        "%s %.2f: %s",
                                        aim.atMost() ? "<=" : ">=",
                                        aim.value(),
                                        figure.isMet().orElseThrow() ? "met" : "MISSED"))
                .orElse("");
    }

    /** The same for programs; numbers are statistics, not money. */
    String json() {
        ObjectNode root = JSON.createObjectNode();
        root.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        root.put("jdk", System.getProperty("java.version"));
        root.put("processors", Runtime.getRuntime().availableProcessors());
        root.put("loadAverageBefore", loadAverage);
        root.put("maxHeapMebibytes", Runtime.getRuntime().maxMemory() >> 20);
        root.put("accounts", accounts);
        root.put("seed", seed);
        ArrayNode list = root.putArray("figures");
        for (Figure figure : figures) {
            ObjectNode node = list.addObject();
            node.put("name", figure.name());
            node.put("unit", figure.unit());
            node.put("best", figure.value());
            node.put("median", figure.median());
            figure.limit()
                    .ifPresent(
                            limit ->
                                    node.put("limit", limit.name())
                                            .put("shareOfLimit", limit.share()));
            figure.aim()
                    .ifPresent(
                            aim ->
                                    node.put(
                                            aim.atMost() ? "aimAtMost" : "aimAtLeast",
                                            aim.value()));
            figure.isMet().ifPresent(met -> node.put("met", met));
        }
        return root.toPrettyString() + "\n";
    }

    static double loadNow() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}

package io.delever.simulation.evaluation;

import java.util.LinkedHashMap;
import java.util.Map;

/** A page in Markdown and the plots that it shows. */
final class Report {
    private final StringBuilder text = new StringBuilder(4_096);
    private final Map<String, String> plots = new LinkedHashMap<>();

    /** A paragraph. */
    Report say(String paragraph) {
        text.append(paragraph).append("\n\n");
        return this;
    }

    /** A line of a table or list. */
    Report row(String line) {
        text.append(line).append('\n');
        return this;
    }

    /** Ends a table. */
    Report end() {
        text.append('\n');
        return this;
    }

    /** A plot in a file of its own. */
    Report plot(String file, String caption, Chart chart) {
        plots.put(file, chart.svg());
        return say("![" + caption + "](" + file + ")");
    }

    /** A file that goes with the page. */
    Report file(String name, String content) {
        plots.put(name, content);
        return this;
    }

    String text() {
        return text.toString();
    }

    Map<String, String> plots() {
        return Map.copyOf(plots);
    }
}

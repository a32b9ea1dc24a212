package io.delever.simulation.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A plain plot as inline SVG: lines or bars over equal steps of time. Numbers are printed with
 * fixed decimals.
 */
public final class SvgPlot {
    private static final int WIDTH = 860;
    private static final int HEIGHT = 220;
    private static final int LEFT = 78;
    private static final int BOTTOM = 24;
    private static final int TOP = 12;
    private static final int TICKS = 4;

    private final String title;
    private final List<String> labels;
    private final List<Series> series = new ArrayList<>();

    /** One line or row of bars; a gap is {@code NaN}. */
    private record Series(String name, String colour, List<Double> values, boolean bars) {}

    /**
     * An empty plot.
     *
     * @param title what it shows, with its unit
     * @param labels one for each step
     */
    public SvgPlot(String title, List<String> labels) {
        this.title = title;
        this.labels = List.copyOf(labels);
    }

    /** Adds a line. */
    public SvgPlot line(String name, String colour, double[] values) {
        series.add(new Series(name, colour, Arrays.stream(values).boxed().toList(), false));
        return this;
    }

    /** Adds bars from zero. */
    public SvgPlot bars(String name, String colour, double[] values) {
        series.add(new Series(name, colour, Arrays.stream(values).boxed().toList(), true));
        return this;
    }

    /** The figure as HTML. */
    public String html() {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Series one : series) {
            if (one.bars()) {
                low = StrictMath.min(low, 0);
            }
            for (double value : one.values()) {
                if (!Double.isNaN(value)) {
                    low = StrictMath.min(low, value);
                    high = StrictMath.max(high, value);
                }
            }
        }
        if (low > high) {
            return "<figure><figcaption>" + escape(title) + ": nothing</figcaption></figure>\n";
        }
        if (low == high) {
            high = low + 1;
        }
        StringBuilder svg = new StringBuilder(4_096);
        svg.append("<figure><figcaption>").append(escape(title)).append(' ');
        for (Series one : series) {
            svg.append("<span style=\"color:")
                    .append(one.colour())
                    .append("\">■ ")
                    .append(escape(one.name()))
                    .append("</span> ");
        }
        svg.append("</figcaption>\n<svg viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(HEIGHT)
                .append("\" role=\"img\" aria-label=\"")
                .append(escape(title))
                .append("\">\n");
        grid(svg, low, high);
        for (Series one : series) {
            if (one.bars()) {
                drawBars(svg, one, low, high);
            } else {
                drawLine(svg, one, low, high);
            }
        }
        return svg.append("</svg></figure>\n").toString();
    }

    private void grid(StringBuilder svg, double low, double high) {
        for (int i = 0; i <= TICKS; i++) {
            double value = low + (high - low) * i / TICKS;
            String y = number(y(value, low, high), 1);
            svg.append("<line class=\"g\" x1=\"")
                    .append(LEFT)
                    .append("\" x2=\"")
                    .append(WIDTH)
                    .append("\" y1=\"")
                    .append(y)
                    .append("\" y2=\"")
                    .append(y)
                    .append("\"/>")
                    .append("<text x=\"")
                    .append(LEFT - 6)
                    .append("\" y=\"")
                    .append(y)
                    .append("\" text-anchor=\"end\" dy=\"4\">")
                    .append(axis(value, high - low))
                    .append("</text>\n");
        }
        int step = Math.max(1, labels.size() / 8);
        for (int i = 0; i < labels.size(); i += step) {
            svg.append("<text x=\"")
                    .append(number(x(i), 1))
                    .append("\" y=\"")
                    .append(HEIGHT - 6)
                    .append("\" text-anchor=\"middle\">")
                    .append(escape(labels.get(i)))
                    .append("</text>\n");
        }
    }

    private void drawLine(StringBuilder svg, Series one, double low, double high) {
        svg.append("<path fill=\"none\" stroke-width=\"1.6\" stroke=\"")
                .append(one.colour())
                .append("\" d=\"");
        boolean pen = false;
        for (int i = 0; i < one.values().size(); i++) {
            double value = one.values().get(i);
            if (Double.isNaN(value)) {
                pen = false;
                continue;
            }
            svg.append(pen ? 'L' : 'M')
                    .append(number(x(i), 1))
                    .append(' ')
                    .append(number(y(value, low, high), 1));
            pen = true;
        }
        svg.append("\"/>\n");
    }

    private void drawBars(StringBuilder svg, Series one, double low, double high) {
        double width = StrictMath.max(1, (WIDTH - LEFT) * 0.8 / StrictMath.max(1, labels.size()));
        double zero = y(0, low, high);
        for (int i = 0; i < one.values().size(); i++) {
            double top = y(one.values().get(i), low, high);
            svg.append("<rect fill=\"")
                    .append(one.colour())
                    .append("\" x=\"")
                    .append(number(x(i) - width / 2, 1))
                    .append("\" y=\"")
                    .append(number(top, 1))
                    .append("\" width=\"")
                    .append(number(width, 1))
                    .append("\" height=\"")
                    .append(number(StrictMath.max(0, zero - top), 1))
                    .append("\"/>\n");
        }
    }

    private double x(int i) {
        double inner = WIDTH - LEFT - 20;
        return LEFT + 10 + inner * (i + 0.5) / StrictMath.max(1, labels.size());
    }

    private static double y(double value, double low, double high) {
        return TOP + (HEIGHT - TOP - BOTTOM) * (high - value) / (high - low);
    }

    private static String axis(double value, double range) {
        if (range >= 4_000_000) {
            return number(value / 1e6, 1) + "M";
        }
        if (range >= 20_000) {
            return number(value / 1e3, 0) + "k";
        }
        int decimals = range >= 20 ? 0 : range >= 1 ? 2 : range >= 0.01 ? 4 : 6;
        return number(value, decimals);
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** Text for use inside HTML. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}

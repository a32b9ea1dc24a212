package io.delever.simulation.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

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

    /** Room for title and legend above a figure that is a file. */
    private static final int HEAD = 46;

    private final String title;
    private final List<String> labels;
    private final List<Series> series = new ArrayList<>();
    private final List<Shade> shades = new ArrayList<>();

    /** One line or row of bars; a gap is {@code NaN}. */
    private record Series(String name, String colour, List<Double> values, boolean bars) {}

    private record Shade(String name, String colour, BitSet on) {}

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

    /** What it shows. */
    public String title() {
        return title;
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

    /** Shades the steps at which something holds, behind everything else. */
    public SvgPlot shade(String name, String colour, BitSet on) {
        shades.add(new Shade(name, colour, (BitSet) on.clone()));
        return this;
    }

    /** The figure as HTML. */
    public String html() {
        if (range().isEmpty()) {
            return "<figure><figcaption>" + escape(title) + ": nothing</figcaption></figure>\n";
        }
        StringBuilder svg = new StringBuilder(4_096);
        svg.append("<figure><figcaption>").append(escape(title)).append(' ');
        series.forEach(one -> key(svg, one.name(), one.colour()));
        shades.forEach(one -> key(svg, one.name() + " (shaded)", one.colour()));
        svg.append("</figcaption>\n<svg viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(HEIGHT)
                .append("\" role=\"img\" aria-label=\"")
                .append(escape(title))
                .append("\">\n");
        draw(svg, range().orElseThrow());
        return svg.append("</svg></figure>\n").toString();
    }

    /** The figure as a file of its own, with title and legend in it; without values just those. */
    public String file() {
        StringBuilder svg = new StringBuilder(4_096);
        svg.append(
                ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 %d %d %d\" role=\"img\""
                                + " font-family=\"sans-serif\" font-size=\"11\" fill=\"#444\">\n"
                                + "<title>%s</title>\n"
                                + "<style>.g{stroke:#e3e3e3}</style>\n"
                                + "<rect y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n"
                                + "<text x=\"8\" y=\"-28\" font-weight=\"bold\">%s</text>\n"
                                + "<text x=\"8\" y=\"-8\">")
                        .formatted(
                                -HEAD,
                                WIDTH,
                                HEIGHT + HEAD,
                                escape(title),
                                -HEAD,
                                WIDTH,
                                HEIGHT + HEAD,
                                escape(title)));
        series.forEach(one -> span(svg, one.name(), one.colour()));
        shades.forEach(one -> span(svg, one.name() + " (shaded)", one.colour()));
        svg.append("</text>\n");
        range().ifPresent(range -> draw(svg, range));
        return svg.append("</svg>\n").toString();
    }

    private record Range(double low, double high) {}

    /** Least and greatest value; empty without any. */
    private Optional<Range> range() {
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
            return Optional.empty();
        }
        return Optional.of(new Range(low, low == high ? low + 1 : high));
    }

    private void draw(StringBuilder svg, Range range) {
        shades.forEach(one -> drawShade(svg, one));
        grid(svg, range.low(), range.high());
        for (Series one : series) {
            if (one.bars()) {
                drawBars(svg, one, range.low(), range.high());
            } else {
                drawLine(svg, one, range.low(), range.high());
            }
        }
    }

    private static void span(StringBuilder svg, String name, String colour) {
        svg.append("<tspan fill=\"")
                .append(colour)
                .append("\">■ ")
                .append(escape(name))
                .append("&#160;&#160; </tspan>");
    }

    private static void key(StringBuilder svg, String name, String colour) {
        svg.append("<span style=\"color:")
                .append(colour)
                .append("\">■ ")
                .append(escape(name))
                .append("</span> ");
    }

    /** One rectangle for each stretch without a gap. */
    private void drawShade(StringBuilder svg, Shade shade) {
        double half = (WIDTH - LEFT - 20) / 2.0 / StrictMath.max(1, labels.size());
        int from = shade.on().nextSetBit(0);
        while (from >= 0) {
            int to = shade.on().nextClearBit(from);
            svg.append("<rect fill-opacity=\"0.16\" fill=\"")
                    .append(shade.colour())
                    .append("\" x=\"")
                    .append(number(x(from) - half, 1))
                    .append("\" y=\"")
                    .append(TOP)
                    .append("\" width=\"")
                    .append(number(x(to - 1) - x(from) + 2 * half, 1))
                    .append("\" height=\"")
                    .append(HEIGHT - TOP - BOTTOM)
                    .append("\"/>\n");
            from = shade.on().nextSetBit(to);
        }
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

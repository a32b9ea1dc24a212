package io.delever.simulation.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plain plot as an SVG file of its own: lines, points and marks over two axes. */
final class Chart {
    private static final int WIDTH = 860;
    private static final int HEIGHT = 300;
    private static final int LEFT = 64;
    private static final int RIGHT = 20;
    private static final int TOP = 44;
    private static final int BOTTOM = 34;
    private static final int TICKS = 5;

    private final String title;
    private final Axis across;
    private final Axis up;
    private final List<String> shapes = new ArrayList<>();
    private final List<String> legend = new ArrayList<>();

    Chart(String title, Axis across, Axis up) {
        this.title = title;
        this.across = across;
        this.up = up;
    }

    /** A line through points; NaN breaks it. */
    Chart line(String name, String colour, double[] xs, double[] ys) {
        StringBuilder path = new StringBuilder();
        boolean pen = false;
        for (int i = 0; i < xs.length; i++) {
            if (Double.isNaN(ys[i])) {
                pen = false;
                continue;
            }
            path.append(pen ? 'L' : 'M').append(x(xs[i])).append(' ').append(y(ys[i]));
            pen = true;
        }
        shapes.add(
                "<path fill=\"none\" stroke-width=\"1.6\" stroke=\"%s\" d=\"%s\"/>"
                        .formatted(colour, path));
        name(name, colour);
        return this;
    }

    /** Points, each with a radius. */
    Chart points(String name, String colour, double[] xs, double[] ys) {
        for (int i = 0; i < xs.length; i++) {
            shapes.add(
                    "<circle r=\"4\" fill=\"%s\" cx=\"%s\" cy=\"%s\"/>"
                            .formatted(colour, x(xs[i]), y(ys[i])));
        }
        name(name, colour);
        return this;
    }

    /** An upright line with a word on it. */
    Chart mark(double at, String word, String colour) {
        shapes.add(
                ("<line stroke=\"%s\" stroke-dasharray=\"4 3\" x1=\"%s\" x2=\"%s\" y1=\"%d\""
                                + " y2=\"%d\"/><text fill=\"%s\" x=\"%s\" y=\"%d\">%s</text>")
                        .formatted(
                                colour,
                                x(at),
                                x(at),
                                TOP,
                                HEIGHT - BOTTOM,
                                colour,
                                x(at + (across.high() - across.low()) / 200),
                                TOP + 12,
                                escape(word)));
        return this;
    }

    private void name(String name, String colour) {
        if (!name.isEmpty()) {
            legend.add(
                    "<tspan fill=\"%s\">■ %s&#160;&#160; </tspan>".formatted(colour, escape(name)));
        }
    }

    /** The file. */
    String svg() {
        StringBuilder svg = new StringBuilder(8_192);
        svg.append(
                ("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                                + " font-family=\"sans-serif\" font-size=\"12\">\n"
                                + "<title>%s</title>\n"
                                + "<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>\n"
                                + "<text x=\"%d\" y=\"16\" font-weight=\"bold\">%s</text>\n"
                                + "<text x=\"%d\" y=\"34\">%s</text>\n")
                        .formatted(
                                WIDTH,
                                HEIGHT,
                                escape(title),
                                WIDTH,
                                HEIGHT,
                                LEFT,
                                escape(title),
                                LEFT,
                                String.join("", legend)));
        for (int i = 0; i <= TICKS; i++) {
            grid(svg, i);
        }
        shapes.forEach(shape -> svg.append(shape).append('\n'));
        return svg.append("</svg>\n").toString();
    }

    private void grid(StringBuilder svg, int tick) {
        double value = up.low() + (up.high() - up.low()) * tick / TICKS;
        svg.append(
                ("<line stroke=\"#ddd\" x1=\"%d\" x2=\"%d\" y1=\"%s\" y2=\"%s\"/><text"
                                + " text-anchor=\"end\" x=\"%d\" y=\"%s\" dy=\"4\">%s</text>\n")
                        .formatted(
                                LEFT,
                                WIDTH - RIGHT,
                                y(value),
                                y(value),
                                LEFT - 6,
                                y(value),
                                escape(up.word(value))));
        double at = across.low() + (across.high() - across.low()) * tick / TICKS;
        svg.append(
                "<text text-anchor=\"middle\" x=\"%s\" y=\"%d\">%s</text>\n"
                        .formatted(x(at), HEIGHT - 12, escape(across.word(at))));
    }

    private String x(double value) {
        double share = (value - across.low()) / (across.high() - across.low());
        return number(LEFT + (WIDTH - LEFT - RIGHT) * Math.clamp(share, 0, 1));
    }

    private String y(double value) {
        double share = (value - up.low()) / (up.high() - up.low());
        return number(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * Math.clamp(share, 0, 1));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** One axis and how its values are written. */
    record Axis(double low, double high, java.util.function.DoubleFunction<String> words) {
        String word(double value) {
            return words.apply(value);
        }
    }
}

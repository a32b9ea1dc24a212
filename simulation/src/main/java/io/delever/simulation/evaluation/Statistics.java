package io.delever.simulation.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** Rank correlation and intervals by resampling. */
final class Statistics {
    private static final int RESAMPLES = 1_000;
    private static final double TAIL = 0.025;

    private Statistics() {}

    /** Spearman's rank correlation, ties at their mean rank; NaN where one side never varies. */
    static double rankCorrelation(double[] a, double[] b) {
        return correlation(ranks(a), ranks(b));
    }

    private static double correlation(double[] a, double[] b) {
        double meanA = Arrays.stream(a).sum() / a.length;
        double meanB = Arrays.stream(b).sum() / b.length;
        double product = 0;
        double squareA = 0;
        double squareB = 0;
        for (int i = 0; i < a.length; i++) {
            product += (a[i] - meanA) * (b[i] - meanB);
            squareA += (a[i] - meanA) * (a[i] - meanA);
            squareB += (b[i] - meanB) * (b[i] - meanB);
        }
        return product / StrictMath.sqrt(squareA * squareB);
    }

    private static double[] ranks(double[] values) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingDouble(i -> values[i]));
        double[] ranks = new double[values.length];
        int from = 0;
        while (from < values.length) {
            int to = from;
            while (to + 1 < values.length && values[order.get(to + 1)] == values[order.get(from)]) {
                to++;
            }
            for (int i = from; i <= to; i++) {
                ranks[order.get(i)] = (from + to) / 2d;
            }
            from = to + 1;
        }
        return ranks;
    }

    /**
     * A 95 % interval by drawing blocks with replacement: what lies together in time stays
     * together.
     *
     * @param blocks what is drawn
     * @param of the figure of the rows of the blocks drawn
     */
    static <T> Interval interval(List<List<T>> blocks, ToDoubleFunction<List<T>> of) {
        Random random = new Random(20_251_010L);
        List<T> all = new ArrayList<>();
        blocks.forEach(all::addAll);
        double[] drawn = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            List<T> sample = new ArrayList<>(all.size());
            for (int block = 0; block < blocks.size(); block++) {
                sample.addAll(blocks.get(random.nextInt(blocks.size())));
            }
            drawn[i] = of.applyAsDouble(sample);
        }
        double[] known = Arrays.stream(drawn).filter(d -> !Double.isNaN(d)).sorted().toArray();
        if (known.length == 0) {
            return new Interval(of.applyAsDouble(all), Double.NaN, Double.NaN);
        }
        int low = (int) (known.length * TAIL);
        return new Interval(of.applyAsDouble(all), known[low], known[known.length - 1 - low]);
    }

    /** A figure with its interval. */
    record Interval(double value, double low, double high) {
        String text(int decimals) {
            String form = "%." + decimals + "f";
            return Double.isNaN(low)
                    ? form.formatted(value) + " (no interval)"
                    : (form + " (" + form + " to " + form + ")").formatted(value, low, high);
        }
    }
}

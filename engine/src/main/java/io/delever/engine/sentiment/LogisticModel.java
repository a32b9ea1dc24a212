package io.delever.engine.sentiment;

import java.util.ArrayList;
import java.util.List;

/**
 * Logistic regression with a ridge, on standardised inputs (EWRN-003): probability = 1 ÷ (1 +
 * e^−(intercept + Σ weight × (x − mean) ÷ spread)). Fitted by Newton steps; a fit is linear in the
 * samples.
 *
 * @param means of the inputs
 * @param spreads their standard deviations, 1 for an input that never varies
 * @param weights in log-odds for one spread
 */
public record LogisticModel(
        double intercept, List<Double> means, List<Double> spreads, List<Double> weights) {
    private static final int MOST_STEPS = 30;
    private static final double CLOSE = 1e-9;
    private static final double RIDGE = 1;

    /** Copies the lists; refuses lengths that differ and a spread that is not above 0. */
    public LogisticModel {
        means = List.copyOf(means);
        spreads = List.copyOf(spreads);
        weights = List.copyOf(weights);
        if (means.size() != weights.size() || spreads.size() != weights.size()) {
            throw new IllegalArgumentException(
                    "means, spreads and weights: "
                            + means.size()
                            + ", "
                            + spreads.size()
                            + ", "
                            + weights.size());
        }
        for (double spread : spreads) {
            if (!(spread > 0)) {
                throw new IllegalArgumentException("spread: " + spread + ", must be above 0");
            }
        }
    }

    /** The probability at these inputs, between 0 and 1. */
    public double probability(double[] inputs) {
        double sum = intercept;
        for (int i = 0; i < inputs.length; i++) {
            sum += logOdds(i, inputs[i]);
        }
        return 1 / (1 + StrictMath.exp(-sum));
    }

    /** What one input adds to the log-odds, against its mean. */
    public double logOdds(int input, double value) {
        return weights.get(input) * (value - means.get(input)) / spreads.get(input);
    }

    /**
     * Fits.
     *
     * @param inputs one row a sample, all of one length
     * @param happened for each row; both kinds must be there
     * @param weight of each row against the ridge, above 0: rows that overlap in time tell less
     *     than their number
     */
    static LogisticModel fit(List<double[]> inputs, List<Boolean> happened, double weight) {
        int n = inputs.getFirst().length;
        double[] means = new double[n];
        double[] spreads = new double[n];
        standardise(inputs, means, spreads);
        double[] beta = new double[n + 1];
        double share = happened.stream().filter(h -> h).count() / (double) happened.size();
        beta[n] = StrictMath.log(share / (1 - share));
        for (int step = 0; step < MOST_STEPS; step++) {
            if (newton(inputs, happened, new double[][] {means, spreads, beta}, RIDGE / weight)
                    < CLOSE) {
                break;
            }
        }
        List<Double> weights = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            weights.add(beta[i]);
        }
        return new LogisticModel(beta[n], list(means), list(spreads), weights);
    }

    private static void standardise(List<double[]> inputs, double[] means, double[] spreads) {
        for (int i = 0; i < means.length; i++) {
            double sum = 0;
            for (double[] row : inputs) {
                sum += row[i];
            }
            means[i] = sum / inputs.size();
            double squares = 0;
            for (double[] row : inputs) {
                squares += (row[i] - means[i]) * (row[i] - means[i]);
            }
            double spread = StrictMath.sqrt(squares / inputs.size());
            spreads[i] = spread > CLOSE ? spread : 1;
        }
    }

    /** One Newton step on {means, spreads, beta}; the size of the step. */
    private static double newton(
            List<double[]> inputs, List<Boolean> happened, double[][] state, double ridge) {
        double[] beta = state[2];
        int n = beta.length;
        double[][] hessian = new double[n][n + 1];
        double[] x = new double[n];
        for (int row = 0; row < inputs.size(); row++) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                x[i] = i == n - 1 ? 1 : (inputs.get(row)[i] - state[0][i]) / state[1][i];
                sum += beta[i] * x[i];
            }
            double p = 1 / (1 + StrictMath.exp(-sum));
            double error = (happened.get(row) ? 1 : 0) - p;
            double weight = Math.max(p * (1 - p), 1e-12);
            for (int i = 0; i < n; i++) {
                hessian[i][n] += error * x[i];
                for (int j = 0; j < n; j++) {
                    hessian[i][j] += weight * x[i] * x[j];
                }
            }
        }
        for (int i = 0; i < n - 1; i++) {
            hessian[i][i] += ridge;
            hessian[i][n] -= ridge * beta[i];
        }
        double[] step = solve(hessian);
        double largest = 0;
        for (int i = 0; i < n; i++) {
            // A step of more than 4 log-odds is cut: far from the end Newton overshoots.
            double cut = Math.clamp(step[i], -4, 4);
            beta[i] += cut;
            largest = Math.max(largest, Math.abs(cut));
        }
        return largest;
    }

    /** Elimination without pivoting: the matrix is symmetric and positive definite. */
    private static double[] solve(double[][] a) {
        int n = a.length;
        for (int i = 0; i < n; i++) {
            for (int row = i + 1; row < n; row++) {
                double factor = a[row][i] / a[i][i];
                for (int column = i; column <= n; column++) {
                    a[row][column] -= factor * a[i][column];
                }
            }
        }
        double[] x = new double[n];
        for (int i = n - 1; i >= 0; i--) {
            double sum = a[i][n];
            for (int column = i + 1; column < n; column++) {
                sum -= a[i][column] * x[column];
            }
            x[i] = sum / a[i][i];
        }
        return x;
    }

    private static List<Double> list(double[] values) {
        List<Double> list = new ArrayList<>();
        for (double value : values) {
            list.add(value);
        }
        return list;
    }
}

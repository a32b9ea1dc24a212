package io.delever.engine.stress;

/** Gaussian elimination with the greatest pivot of each column. */
final class LinearSystem {
    private LinearSystem() {}

    /**
     * Solves and uses up {@code system}: each row holds the coefficients and then the right side.
     *
     * @throws ArithmeticException where there is no single solution
     */
    static double[] solve(double[][] system) {
        int n = system.length;
        for (int column = 0; column < n; column++) {
            int pivot = pivot(system, column);
            double[] row = system[pivot];
            system[pivot] = system[column];
            system[column] = row;
            if (row[column] == 0) {
                throw new ArithmeticException("no single solution: column " + column);
            }
            for (int other = column + 1; other < n; other++) {
                subtract(system[other], row, system[other][column] / row[column], column);
            }
        }
        double[] solution = new double[n];
        for (int i = n - 1; i >= 0; i--) {
            double rest = system[i][n];
            for (int j = i + 1; j < n; j++) {
                rest -= system[i][j] * solution[j];
            }
            solution[i] = rest / system[i][i];
        }
        return solution;
    }

    private static void subtract(double[] from, double[] row, double times, int column) {
        for (int j = column; times != 0 && j < from.length; j++) {
            from[j] -= times * row[j];
        }
    }

    private static int pivot(double[][] system, int column) {
        int best = column;
        for (int i = column + 1; i < system.length; i++) {
            if (Math.abs(system[i][column]) > Math.abs(system[best][column])) {
                best = i;
            }
        }
        return best;
    }
}

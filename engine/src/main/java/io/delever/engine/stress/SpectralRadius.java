package io.delever.engine.stress;

import java.util.Arrays;

/**
 * The greatest growth of a chain reaction in one round: the spectral radius of a matrix without
 * negative entries (STRS-033). Above 1 a disturbance feeds itself.
 */
final class SpectralRadius {
    private static final double ENOUGH = 1e-12;
    private static final int MAXIMUM_ROUNDS = 10_000;

    private SpectralRadius() {}

    /**
     * By repeated multiplication of A + I, which converges where A alone would swing; at most
     * 10,000 rounds.
     */
    static double of(double[][] matrix) {
        int n = matrix.length;
        double[] vector = new double[n];
        Arrays.fill(vector, 1);
        double radius = 0;
        for (int round = 0; round < MAXIMUM_ROUNDS; round++) {
            double[] next = vector.clone();
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    next[i] += matrix[i][j] * vector[j];
                }
            }
            double size = Arrays.stream(next).max().orElse(1);
            for (int i = 0; i < n; i++) {
                next[i] /= size;
            }
            boolean still = Math.abs(size - 1 - radius) <= ENOUGH * Math.max(1, size);
            radius = size - 1;
            vector = next;
            if (still && round > n) {
                break;
            }
        }
        return radius;
    }
}

package io.delever.engine.stress;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The greatest payments that a network of debts can make (STRS-021 to STRS-023): p = min(owed, own
 * + received), each debtor paying its creditors in proportion. Found wave by wave: assume that all
 * pay, see who cannot, solve again with those (Eisenberg and Noe 2001, fictitious default; RULES
 * §13). Deterministic; at most one wave for each node.
 */
public final class Clearing {
    private static final double SHORTFALL_SHARE = 1e-9;

    private final double[][] share;
    private final double[] owed;
    private final double[] own;
    private final int[] wave;

    private Clearing(Network network) {
        double[][] matrix = network.owed();
        int n = matrix.length;
        owed = new double[n];
        own = new double[n];
        share = new double[n][n];
        wave = new int[n];
        for (int i = 0; i < n; i++) {
            Network.Node node = network.nodes().get(i);
            own[i] = node.externalAssets();
            owed[i] = node.externalDebts() + Arrays.stream(matrix[i]).sum();
            for (int j = 0; j < n && owed[i] > 0; j++) {
                share[i][j] = matrix[i][j] / owed[i];
            }
        }
    }

    /** Clears a network. */
    public static List<Cleared> clear(Network network) {
        Clearing clearing = new Clearing(network);
        double[] paid = clearing.solve();
        double[] received = clearing.received(paid);
        List<Cleared> cleared = new ArrayList<>();
        for (int i = 0; i < paid.length; i++) {
            double left = Math.max(0, clearing.own[i] + received[i] - paid[i]);
            cleared.add(
                    new Cleared(
                            network.nodes().get(i).id(),
                            clearing.owed[i],
                            paid[i],
                            left,
                            clearing.wave[i]));
        }
        return cleared;
    }

    private double[] solve() {
        double[] paid = owed.clone();
        for (int round = 1; defaultsOf(paid, round); round++) {
            paid = withDefaults();
        }
        return paid;
    }

    /** Marks who cannot pay under these payments; whether anybody new is among them. */
    private boolean defaultsOf(double[] paid, int round) {
        double[] received = received(paid);
        boolean found = false;
        for (int i = 0; i < paid.length; i++) {
            double short_ = owed[i] - own[i] - received[i];
            if (wave[i] == 0 && short_ > SHORTFALL_SHARE * owed[i]) {
                wave[i] = round;
                found = true;
            }
        }
        return found;
    }

    private double[] received(double[] paid) {
        double[] received = new double[paid.length];
        for (int j = 0; j < paid.length; j++) {
            for (int i = 0; i < paid.length; i++) {
                received[i] += share[j][i] * paid[j];
            }
        }
        return received;
    }

    /** Who is in default pays all it has, the others all they owe: one linear system. */
    private double[] withDefaults() {
        int[] failed = failed();
        double[] paid = owed.clone();
        for (int i : failed) {
            paid[i] = 0;
        }
        double[] fromOthers = received(paid);
        int n = failed.length;
        double[][] system = new double[n][n + 1];
        for (int row = 0; row < n; row++) {
            for (int column = 0; column < n; column++) {
                double direct = row == column ? 1 : 0;
                system[row][column] = direct - share[failed[column]][failed[row]];
            }
            system[row][n] = own[failed[row]] + fromOthers[failed[row]];
        }
        double[] solution = LinearSystem.solve(system);
        for (int row = 0; row < n; row++) {
            paid[failed[row]] = Math.clamp(solution[row], 0, owed[failed[row]]);
        }
        return paid;
    }

    private int[] failed() {
        int[] failed = new int[wave.length];
        int count = 0;
        for (int i = 0; i < wave.length; i++) {
            if (wave[i] > 0) {
                failed[count++] = i;
            }
        }
        return Arrays.copyOf(failed, count);
    }

    /**
     * How a node comes out.
     *
     * @param owed inside and outside, at least 0
     * @param paid 0 to owed
     * @param left after paying, at least 0
     * @param wave in which it failed, from 1; 0 where it pays all
     */
    public record Cleared(String id, double owed, double paid, double left, int wave) {}
}

package io.delever.engine.stress;

import java.util.Arrays;
import java.util.List;

/**
 * How distress runs from debtors to creditors (STRS-024 to STRS-026; RULES §13). Stress h is the
 * share of its capital that a node has lost, 0 to 1; a node that loses h makes its creditor lose h
 * × debt ÷ the creditor's capital, at most all.
 */
public final class DebtRank {
    private static final double STILL = 1e-12;
    private static final int MAXIMUM_ROUNDS = 100_000;

    private final double[][] pull;

    /** Of a network; debts and capital count, assets and debts outside do not. */
    public DebtRank(Network network) {
        double[][] owed = network.owed();
        int n = owed.length;
        pull = new double[n][n];
        for (int debtor = 0; debtor < n; debtor++) {
            for (int creditor = 0; creditor < n; creditor++) {
                pull[creditor][debtor] =
                        share(owed[debtor][creditor], network.nodes().get(creditor).capital());
            }
        }
    }

    private static double share(double debt, double capital) {
        return debt == 0 ? 0 : capital == 0 ? 1 : Math.min(1, debt / capital);
    }

    /**
     * Each node passes its stress on once, when it is first hit (Battiston and others 2012).
     *
     * @param shock stress at the start by node, 0 to 1
     * @return stress at the end by node
     */
    public double[] once(List<Double> shock) {
        double[] stress = start(shock);
        boolean[] spent = new boolean[stress.length];
        boolean[] active = touched(stress, spent);
        while (any(active)) {
            double[] next = stress.clone();
            for (int debtor = 0; debtor < stress.length; debtor++) {
                if (active[debtor]) {
                    add(next, debtor, stress[debtor]);
                    spent[debtor] = true;
                }
            }
            stress = capped(next);
            active = touched(stress, spent);
        }
        return stress;
    }

    /**
     * Each increase of stress is passed on again, until nothing moves (Bardoscia and others 2015).
     *
     * @param shock stress at the start by node, 0 to 1
     * @return stress at the end by node
     */
    public double[] reverberating(List<Double> shock) {
        double[] before = new double[pull.length];
        double[] stress = start(shock);
        for (int round = 0; moved(before, stress) && round < MAXIMUM_ROUNDS; round++) {
            double[] next = stress.clone();
            for (int debtor = 0; debtor < stress.length; debtor++) {
                add(next, debtor, stress[debtor] - before[debtor]);
            }
            before = stress;
            stress = capped(next);
        }
        return stress;
    }

    /** Σ weight × (stress at the end − at the start) ÷ Σ weight: what contagion adds. */
    public static double added(double[] end, List<Double> shock, List<Double> weights) {
        double sum = 0;
        double total = 0;
        for (int i = 0; i < end.length; i++) {
            sum += weights.get(i) * (end[i] - shock.get(i));
            total += weights.get(i);
        }
        return sum / total;
    }

    private void add(double[] next, int debtor, double stress) {
        for (int creditor = 0; creditor < next.length; creditor++) {
            next[creditor] += pull[creditor][debtor] * stress;
        }
    }

    private double[] start(List<Double> shock) {
        if (shock.size() != pull.length) {
            throw new IllegalArgumentException(
                    "shock of " + shock.size() + " nodes, the network has " + pull.length);
        }
        double[] stress = new double[pull.length];
        for (int i = 0; i < stress.length; i++) {
            double value = shock.get(i);
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException("shock: " + value + ", limits 0 and 1");
            }
            stress[i] = value;
        }
        return stress;
    }

    private static double[] capped(double[] stress) {
        return Arrays.stream(stress).map(value -> Math.min(1, value)).toArray();
    }

    private static boolean[] touched(double[] stress, boolean[] spent) {
        boolean[] touched = new boolean[stress.length];
        for (int i = 0; i < stress.length; i++) {
            touched[i] = stress[i] > 0 && !spent[i];
        }
        return touched;
    }

    private static boolean any(boolean[] flags) {
        for (boolean flag : flags) {
            if (flag) {
                return true;
            }
        }
        return false;
    }

    private static boolean moved(double[] before, double[] after) {
        double most = 0;
        for (int i = 0; i < before.length; i++) {
            most = Math.max(most, Math.abs(after[i] - before[i]));
        }
        return most > STILL;
    }
}

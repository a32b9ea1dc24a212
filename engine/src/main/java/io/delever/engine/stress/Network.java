package io.delever.engine.stress;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who owes whom: lenders, venues and accounts as a graph given by the operator (STRS-020).
 *
 * @param nodes each id once
 * @param debts between nodes; several of one pair add up
 */
public record Network(List<Node> nodes, List<Debt> debts) {
    /** Clearing solves as many equations as there are nodes. */
    public static final int MAXIMUM_NODES = 2_000;

    /** Refuses a node twice, a debt of unknown nodes or to oneself, and too many nodes. */
    public Network {
        nodes = List.copyOf(nodes);
        debts = List.copyOf(debts);
        if (nodes.size() > MAXIMUM_NODES) {
            throw new IllegalArgumentException(
                    "nodes: " + nodes.size() + ", limit " + MAXIMUM_NODES);
        }
        Map<String, Integer> places = places(nodes);
        if (places.size() != nodes.size()) {
            throw new IllegalArgumentException("nodes: an id stands twice");
        }
        for (Debt debt : debts) {
            if (!places.containsKey(debt.debtor()) || !places.containsKey(debt.creditor())) {
                throw new IllegalArgumentException(
                        "debt of " + debt.debtor() + " to " + debt.creditor() + ": unknown node");
            }
        }
    }

    /** What each node owes each other one, in the order of the nodes. */
    double[][] owed() {
        Map<String, Integer> places = places(nodes);
        double[][] owed = new double[nodes.size()][nodes.size()];
        for (Debt debt : debts) {
            int debtor = place(places, debt.debtor());
            owed[debtor][place(places, debt.creditor())] += debt.amount();
        }
        return owed;
    }

    private static int place(Map<String, Integer> places, String id) {
        return places.getOrDefault(id, 0);
    }

    private static Map<String, Integer> places(List<Node> nodes) {
        Map<String, Integer> places = new HashMap<>();
        for (Node node : nodes) {
            places.putIfAbsent(node.id(), places.size());
        }
        return places;
    }

    /** The ids in their order. */
    public List<String> ids() {
        List<String> ids = new ArrayList<>(nodes.size());
        for (Node node : nodes) {
            ids.add(node.id());
        }
        return ids;
    }

    /**
     * One party.
     *
     * @param externalAssets what it has outside the network, at least 0
     * @param externalDebts what it owes outside, of the same rank, at least 0
     * @param capital what it can lose before it fails, at least 0; DebtRank only
     */
    public record Node(String id, double externalAssets, double externalDebts, double capital) {
        /** Refuses what is not a number or is negative. */
        public Node {
            Numbers.requireNotNegative("external assets of " + id, externalAssets);
            Numbers.requireNotNegative("external debts of " + id, externalDebts);
            Numbers.requireNotNegative("capital of " + id, capital);
        }
    }

    /**
     * One debt.
     *
     * @param amount above 0
     */
    public record Debt(String debtor, String creditor, double amount) {
        /** Refuses a debt to oneself and an amount that is not above 0. */
        public Debt {
            if (debtor.equals(creditor)) {
                throw new IllegalArgumentException("debt of " + debtor + " to itself");
            }
            Numbers.requirePositive("debt of " + debtor + " to " + creditor, amount);
        }
    }
}

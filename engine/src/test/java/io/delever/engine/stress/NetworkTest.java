package io.delever.engine.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.delever.engine.stress.Clearing.Cleared;
import io.delever.engine.stress.Network.Debt;
import io.delever.engine.stress.Network.Node;
import io.delever.testing.Covers;
import io.delever.testing.SeededTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class NetworkTest {
    private static final Offset<Double> EXACT = within(1e-9);
    private static final double[][] FIRST = {{0, 2, 1}, {3, 0, 1}, {2, 5, 0}};
    private static final double[][] THIRD = {{0, 2, 9}, {7, 0, 9}, {3, 1, 0}};

    @Test
    @Covers("STRS-020")
    void aGraphThatMakesNoSenseIsRefused() {
        Node a = new Node("a", 1, 0, 0);
        Node b = new Node("b", 1, 0, 0);
        assertThatThrownBy(() -> new Network(List.of(a, a), List.of()))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> new Network(List.of(a), List.of(new Debt("a", "b", 1))))
                .hasMessageContaining("unknown node");
        assertThatThrownBy(() -> new Debt("a", "a", 1)).hasMessageContaining("to itself");
        assertThatThrownBy(() -> new Debt("a", "b", 0)).hasMessageContaining("above 0");
        assertThatThrownBy(() -> new Node("a", -1, 0, 0)).hasMessageContaining("external assets");
        List<Node> many = new ArrayList<>();
        for (int i = 0; i <= Network.MAXIMUM_NODES; i++) {
            many.add(new Node("n" + i, 0, 0, 0));
        }
        assertThatThrownBy(() -> new Network(many, List.of())).hasMessageContaining("2000");
        Network twice =
                new Network(List.of(a, b), List.of(new Debt("a", "b", 1), new Debt("a", "b", 2)));
        assertThat(Clearing.clear(twice).getFirst().owed()).isEqualTo(3);
    }

    /** Scenarios 1 to 3 of Kanjere (2021): who fails in which wave is as published there. */
    @Test
    @Covers({"STRS-021", "STRS-023"})
    void thePublishedScenariosFailInThePublishedWaves() {
        assertThat(waves(Clearing.clear(network(FIRST, 5, 4, 5)))).containsExactly(0, 0, 0);
        assertThat(waves(Clearing.clear(network(FIRST, 5, 4, 2)))).containsExactly(0, 0, 1);
        assertThat(waves(Clearing.clear(network(THIRD, 3, 0, 4)))).containsExactly(2, 1, 0);
    }

    /** The payments of these scenarios as fractions: 2 + 1 + 1; 1133/162 and 184/81. */
    @Test
    @Covers("STRS-021")
    void thePaymentsOfTheScenariosAreExact() {
        List<Cleared> second = Clearing.clear(network(FIRST, 5, 4, 2));
        assertThat(second.get(2).paid()).isCloseTo(4, EXACT);
        assertThat(second.get(0).left()).isCloseTo(5 + 3 + 4 * 2 / 7d - 3, EXACT);
        List<Cleared> third = Clearing.clear(network(THIRD, 3, 0, 4));
        assertThat(third.get(0).paid()).isCloseTo(1133 / 162d, EXACT);
        assertThat(third.get(1).paid()).isCloseTo(184 / 81d, EXACT);
        assertThat(third.get(2).paid()).isCloseTo(4, EXACT);
    }

    @Test
    @Covers("STRS-021")
    void creditorsOutsideShareInTheLoss() {
        Node debtor = new Node("debtor", 30, 30, 0);
        Node creditor = new Node("creditor", 0, 0, 0);
        List<Cleared> cleared =
                Clearing.clear(
                        new Network(
                                List.of(debtor, creditor),
                                List.of(new Debt("debtor", "creditor", 70))));
        assertThat(cleared.get(0).paid()).isEqualTo(30);
        assertThat(cleared.get(1).left()).isCloseTo(21, EXACT);
    }

    @Test
    @Covers("STRS-022")
    void aCircleOfDebtsIsPaidWithoutMoney() {
        double[][] circle = {{0, 5, 0}, {0, 0, 5}, {5, 0, 0}};
        assertThat(Clearing.clear(network(circle, 0, 0, 0)))
                .allSatisfy(node -> assertThat(node.paid()).isEqualTo(5))
                .allSatisfy(node -> assertThat(node.wave()).isZero());
        double[][] uneven = {{0, 10}, {6, 0}};
        List<Cleared> cleared = Clearing.clear(network(uneven, 0, 0));
        assertThat(cleared).extracting(Cleared::paid).containsExactly(6d, 6d);
        assertThat(waves(cleared)).containsExactly(1, 0);
    }

    @SeededTest
    @Covers({"STRS-021", "STRS-022", "STRS-023"})
    void paymentsAreAFixedPointAndTheGreatest(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 30; round++) {
            Network network = random(random, 2 + random.nextInt(10));
            List<Cleared> cleared = Clearing.clear(network);
            double[] greatest = picard(network);
            for (int i = 0; i < greatest.length; i++) {
                assertThat(cleared.get(i).paid()).isCloseTo(greatest[i], within(1e-6));
                assertThat(cleared.get(i).wave() > 0)
                        .isEqualTo(cleared.get(i).paid() < cleared.get(i).owed() - 1e-6);
            }
        }
    }

    /** README of NetworkRiskMeasures 0.1.0: 10 % for everybody, and each node's own default. */
    @Test
    @Covers({"STRS-024", "STRS-025"})
    void thePublishedExampleOfDebtRank() {
        DebtRank rank = new DebtRank(published());
        List<Double> weights = List.of(10d, 100d, 30d);
        List<Double> tenth = List.of(0.1, 0.1, 0.1);
        double[] stress = rank.once(tenth);
        assertThat(stress[0]).isCloseTo(0.15, EXACT);
        assertThat(stress[1]).isCloseTo(0.26, EXACT);
        assertThat(stress[2]).isCloseTo(0.30, EXACT);
        assertThat(DebtRank.added(stress, tenth, weights)).isCloseTo(0.1607, within(0.00005));

        double[] added = {0.9285714, 0.2500000, 0.6642857};
        for (int failed = 0; failed < 3; failed++) {
            List<Double> shock = new ArrayList<>(List.of(0d, 0d, 0d));
            shock.set(failed, 1d);
            double[] end = rank.once(shock);
            assertThat(DebtRank.added(end, shock, weights))
                    .isCloseTo(added[failed], within(0.00000005));
        }
    }

    /** Without a node at its limit, stress is (1 − W)⁻¹ × shock: here a ring, summed by hand. */
    @Test
    @Covers("STRS-026")
    void reverberationSumsTheWholeSeries() {
        Node node = new Node("a", 0, 0, 10);
        Network ring =
                new Network(
                        List.of(node, new Node("b", 0, 0, 10), new Node("c", 0, 0, 10)),
                        List.of(
                                new Debt("a", "b", 5),
                                new Debt("b", "c", 5),
                                new Debt("c", "a", 5)));
        double[] stress = new DebtRank(ring).reverberating(List.of(0.1, 0d, 0d));
        assertThat(stress[0]).isCloseTo(0.1 / (1 - 0.125), within(1e-10));
        assertThat(stress[1]).isCloseTo(0.05 / (1 - 0.125), within(1e-10));
        assertThat(stress[2]).isCloseTo(0.025 / (1 - 0.125), within(1e-10));
    }

    @SeededTest
    @Covers({"STRS-024", "STRS-026"})
    void reverberationNeverEndsBelowASinglePass(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            int n = 2 + random.nextInt(8);
            DebtRank rank = new DebtRank(random(random, n));
            List<Double> shock = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                shock.add(random.nextInt(3) == 0 ? random.nextDouble() : 0d);
            }
            double[] once = rank.once(shock);
            double[] again = rank.reverberating(shock);
            for (int i = 0; i < n; i++) {
                assertThat(once[i]).isBetween(shock.get(i), 1d);
                assertThat(again[i]).isBetween(once[i] - 1e-9, 1d);
            }
        }
    }

    @Test
    @Covers("STRS-024")
    void aShockThatIsNoShareIsRefused() {
        DebtRank rank = new DebtRank(published());
        assertThatThrownBy(() -> rank.once(List.of(0d, 0d, 1.1))).hasMessageContaining("1.1");
        assertThatThrownBy(() -> rank.once(List.of(0d))).hasMessageContaining("3");
    }

    private static Network published() {
        return new Network(
                List.of(new Node("a", 0, 0, 2), new Node("b", 0, 0, 5), new Node("c", 0, 0, 2)),
                List.of(
                        new Debt("b", "a", 1),
                        new Debt("a", "b", 10),
                        new Debt("c", "b", 3),
                        new Debt("a", "c", 3),
                        new Debt("b", "c", 2)));
    }

    private static Network network(double[][] owed, double... own) {
        List<Node> nodes = new ArrayList<>();
        List<Debt> debts = new ArrayList<>();
        for (int i = 0; i < own.length; i++) {
            nodes.add(new Node("n" + i, own[i], 0, 1));
            for (int j = 0; j < own.length; j++) {
                if (owed[i][j] > 0) {
                    debts.add(new Debt("n" + i, "n" + j, owed[i][j]));
                }
            }
        }
        return new Network(nodes, debts);
    }

    private static Network random(Random random, int n) {
        double[][] owed = new double[n][n];
        double[] own = new double[n];
        for (int i = 0; i < n; i++) {
            own[i] = random.nextInt(4) == 0 ? random.nextInt(20) : 0.5;
            for (int j = 0; j < n; j++) {
                owed[i][j] = i != j && random.nextInt(3) == 0 ? 1 + random.nextInt(9) : 0;
            }
        }
        return network(owed, own);
    }

    private static int[] waves(List<Cleared> cleared) {
        return cleared.stream().mapToInt(Cleared::wave).toArray();
    }

    /** Another way to the same payments: from all that is owed down until nothing moves. */
    private static double[] picard(Network network) {
        double[][] owed = network.owed();
        int n = owed.length;
        double[] total = new double[n];
        for (int i = 0; i < n; i++) {
            for (double debt : owed[i]) {
                total[i] += debt;
            }
        }
        double[] paid = total.clone();
        for (int round = 0; round < 20_000; round++) {
            double[] next = new double[n];
            for (int i = 0; i < n; i++) {
                double has = network.nodes().get(i).externalAssets();
                for (int j = 0; j < n; j++) {
                    has += total[j] == 0 ? 0 : paid[j] * owed[j][i] / total[j];
                }
                next[i] = Math.min(total[i], has);
            }
            paid = next;
        }
        return paid;
    }
}

package io.delever.engine.stress;

import io.delever.engine.stress.StressAccount.Holding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A chain reaction through accounts that share margin and collateral (STRS-040 to STRS-046).
 *
 * <p>Each round values every open account at the present prices, closes those whose maintenance
 * margin is above their adjusted equity, and moves each market by the impact of all that was sold
 * less all that was bought. A closed account sells its positions whole, and of its collateral as
 * much as it lacks to pay. Closed accounts stay closed, so it ends after at most as many rounds as
 * there are accounts; where it ends no open account is liquidatable at the prices it ends with.
 */
public final class Cascade {
    private final List<StressMarket> markets;
    private final List<StressAccount> accounts;

    /** Refuses a holding of a market that is not there. */
    public Cascade(List<StressMarket> markets, List<StressAccount> accounts) {
        this.markets = List.copyOf(markets);
        this.accounts = List.copyOf(accounts);
        for (StressAccount account : accounts) {
            account.positions().forEach(holding -> requireKnown(account, holding));
            account.collateral().forEach(holding -> requireKnown(account, holding));
        }
    }

    private void requireKnown(StressAccount account, Holding holding) {
        if (holding.market() < 0 || holding.market() >= markets.size()) {
            throw new IllegalArgumentException(
                    "account " + account.id() + ": no market " + holding.market());
        }
    }

    /**
     * Where a push ends.
     *
     * @param pushes the price to which each market is pushed from outside, above 0
     */
    public Outcome push(List<Double> pushes) {
        if (pushes.size() != markets.size()) {
            throw new IllegalArgumentException(
                    "pushes: " + pushes.size() + ", markets: " + markets.size());
        }
        Run run = new Run(pushes);
        while (run.round()) {
            // Everything happens in the round.
        }
        return run.outcome();
    }

    /**
     * How far a small fall of each market makes every market fall again (STRS-033): the spectral
     * radius of (relative fall of market k ÷ relative fall of market l) from the accounts that a
     * fall of l closes, at the present prices.
     *
     * @param fall of the price, 0 to 1, the size of the small fall
     */
    public double growth(double fall) {
        if (!(fall > 0 && fall < 1)) {
            throw new IllegalArgumentException("fall: " + fall + ", must lie between 0 and 1");
        }
        int n = markets.size();
        double[][] again = new double[n][n];
        for (int pushed = 0; pushed < n; pushed++) {
            List<Double> prices = new ArrayList<>();
            for (int i = 0; i < n; i++) {
                double price = markets.get(i).price();
                prices.add(i == pushed ? price * (1 - fall) : price);
            }
            Run run = new Run(prices);
            run.round();
            for (int moved = 0; moved < n; moved++) {
                double start = markets.get(moved).price();
                again[moved][pushed] =
                        Math.max(0, (prices.get(moved) - run.price[moved]) / start / fall);
            }
        }
        return SpectralRadius.of(again);
    }

    /** The same accounts in markets whose margins (haircuts) do not follow their moves. */
    public Cascade still(boolean margins, boolean haircuts) {
        List<StressMarket> changed = new ArrayList<>();
        for (StressMarket market : markets) {
            StressMarket still = margins ? market.withStillMargins() : market;
            changed.add(haircuts ? still.withStillHaircuts() : still);
        }
        return new Cascade(changed, accounts);
    }

    /** One push while it runs. */
    private final class Run {
        private final double[] pushed;
        private final double[] price;
        private final double[] flow;
        private final int[] closedIn;
        private final List<Closed> closed = new ArrayList<>();
        private int rounds;

        Run(List<Double> pushes) {
            pushed = new double[markets.size()];
            for (int i = 0; i < pushed.length; i++) {
                Numbers.requirePositive("push of " + markets.get(i).id(), pushes.get(i));
                pushed[i] = pushes.get(i);
            }
            price = pushed.clone();
            flow = new double[pushed.length];
            closedIn = new int[accounts.size()];
        }

        boolean round() {
            List<Integer> failing = new ArrayList<>();
            for (int i = 0; i < closedIn.length; i++) {
                if (closedIn[i] == 0 && isLiquidatable(accounts.get(i))) {
                    failing.add(i);
                }
            }
            if (failing.isEmpty()) {
                return false;
            }
            rounds++;
            sell(failing);
            return true;
        }

        private boolean isLiquidatable(StressAccount account) {
            double maintenance = 0;
            double equity = account.cash();
            for (Holding holding : account.positions()) {
                StressMarket market = markets.get(holding.market());
                double value = holding.size() * price[holding.market()];
                equity += value;
                maintenance += Math.abs(value) * market.maintenance().after(move(holding));
            }
            for (Holding holding : account.collateral()) {
                StressMarket market = markets.get(holding.market());
                double counted = 1 - market.haircut().after(move(holding));
                equity += holding.size() * price[holding.market()] * counted;
            }
            return maintenance > 0 && maintenance > equity;
        }

        private double move(Holding holding) {
            return price[holding.market()] / markets.get(holding.market()).price() - 1;
        }

        private void sell(List<Integer> failing) {
            double[] after = flow.clone();
            List<double[]> sales = new ArrayList<>();
            for (int index : failing) {
                double[] sold = sales(accounts.get(index));
                sales.add(sold);
                for (int i = 0; i < after.length; i++) {
                    after[i] += sold[i];
                }
            }
            double[] paid = new double[after.length];
            for (int i = 0; i < after.length; i++) {
                Impact impact = markets.get(i).impact();
                paid[i] = Math.max(0, pushed[i] - impact.meanFall(flow[i], after[i]));
                price[i] = Math.max(0, pushed[i] - impact.fall(after[i]));
                flow[i] = after[i];
            }
            for (int i = 0; i < failing.size(); i++) {
                close(failing.get(i), sales.get(i), paid);
            }
        }

        /** Positions whole; of the collateral the share that covers what cash does not. */
        private double[] sales(StressAccount account) {
            double[] sold = new double[markets.size()];
            double cash = account.cash();
            for (Holding holding : account.positions()) {
                sold[holding.market()] += holding.size();
                cash += holding.size() * price[holding.market()];
            }
            double value = 0;
            for (Holding holding : account.collateral()) {
                value += holding.size() * price[holding.market()];
            }
            double share = cash >= 0 || value == 0 ? 0 : Math.min(1, -cash / value);
            for (Holding holding : account.collateral()) {
                sold[holding.market()] += share * holding.size();
            }
            return sold;
        }

        private void close(int index, double[] sold, double[] paid) {
            StressAccount account = accounts.get(index);
            double equity = account.cash();
            for (int i = 0; i < sold.length; i++) {
                equity += sold[i] * paid[i];
            }
            double[] kept = new double[sold.length];
            for (Holding holding : account.positions()) {
                kept[holding.market()] += holding.size();
            }
            for (Holding holding : account.collateral()) {
                kept[holding.market()] += holding.size();
            }
            for (int i = 0; i < sold.length; i++) {
                equity += (kept[i] - sold[i]) * price[i];
            }
            closedIn[index] = rounds;
            closed.add(new Closed(account.id(), rounds, Math.max(0, -equity)));
        }

        Outcome outcome() {
            List<MarketOutcome> ends = new ArrayList<>();
            for (int i = 0; i < price.length; i++) {
                StressMarket market = markets.get(i);
                ends.add(
                        new MarketOutcome(
                                market.id(), market.price(), pushed[i], price[i], flow[i]));
            }
            return new Outcome(ends, closed, rounds);
        }
    }

    /**
     * Where one market ends.
     *
     * @param end 0 where nothing was left to buy
     * @param forced sold by force less bought by force
     */
    public record MarketOutcome(String id, double start, double pushed, double end, double forced) {
        /** What the market lost, as a share of its price at the start; below 0 where it rose. */
        public double fall() {
            return 1 - end / start;
        }
    }

    /**
     * One account that was closed.
     *
     * @param round from 1
     * @param deficit what it owes after everything is sold, at least 0
     */
    public record Closed(String account, int round, double deficit) {}

    /**
     * Where a push ends.
     *
     * @param markets in their order
     * @param closed in the order in which they were closed
     */
    public record Outcome(List<MarketOutcome> markets, List<Closed> closed, int rounds) {
        /** Copies the lists. */
        public Outcome {
            markets = List.copyOf(markets);
            closed = List.copyOf(closed);
        }

        /** Σ of the deficits. */
        public double deficit() {
            return Arrays.stream(closed.stream().mapToDouble(Closed::deficit).toArray()).sum();
        }

        /** Σ |movement| ÷ Σ |push|, each as a share of its price; 1 where nothing follows. */
        public double amplification() {
            double all = 0;
            double push = 0;
            boolean followed = false;
            for (MarketOutcome market : markets) {
                all += Math.abs(market.end() - market.start()) / market.start();
                push += Math.abs(market.pushed() - market.start()) / market.start();
                followed |= market.end() != market.pushed();
            }
            return followed ? all / push : 1;
        }
    }
}

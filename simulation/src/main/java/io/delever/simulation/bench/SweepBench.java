package io.delever.simulation.bench;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountSnapshot;
import io.delever.engine.margin.MarginCalculator;
import io.delever.engine.margin.RiskState;
import io.delever.engine.population.Population;
import io.delever.engine.population.SweepCounts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** The full sweep: the state of every account at new prices of every instrument. */
final class SweepBench {
    /** The issue of the aim: 300 million positions per second where one core reads 37 GB/s. */
    private static final double BYTES_A_POSITION = 0.12 * 37e9 / 300e6;

    private static final int WARM_UP = 8;

    /** Between two sweeps every price moves by at most so much. */
    private static final int MOST_PPM = 500;

    private final SplittableRandom random;
    private final BenchMarket market;
    private final Population population = new Population(BenchAccounts.PARAMETERS);
    private final List<AccountSnapshot> accounts;
    private final Consumer<String> say;
    private final Map<RiskState, Integer> states = new EnumMap<>(RiskState.class);
    private SweepCounts counts = new SweepCounts(0, 0, 0, 0);
    private long positions;

    SweepBench(int size, long seed, Consumer<String> say) {
        random = new SplittableRandom(seed);
        market = new BenchMarket(random);
        accounts = new ArrayList<>(size);
        this.say = say;
        BenchAccounts draw = new BenchAccounts(random, market);
        for (int i = 0; i < size; i++) {
            AccountSnapshot account = draw.draw(i);
            accounts.add(account);
            positions += account.positions().size();
        }
    }

    /** Fills the columns, checks a sweep against exact arithmetic, and measures. */
    List<Figure> measure(int runs, double bandwidth) {
        Runs filled =
                Runs.perSecond(
                        1,
                        accounts.size(),
                        () -> {
                            long began = System.nanoTime();
                            accounts.forEach(account -> population.put(account, market));
                            return System.nanoTime() - began;
                        });
        sweep();
        check();
        for (int i = 0; i < WARM_UP; i++) {
            sweep();
        }
        Runs swept = Runs.perSecond(runs, (double) positions, this::sweep);
        say.accept(
                String.format(
                        "  %,d accounts, %,d positions; not healthy %s; bracketed %,d, exact %,d",
                        accounts.size(), positions, states, counts.bracketed(), counts.exact()));
        double bytesRead = swept.best() / positions * population.bytesSwept();
        return List.of(
                Figure.of("sweep: positions decided", scaled(swept, 1e6), "M/s")
                        .beside(
                                "read bandwidth, 14.8 bytes a position",
                                swept.best() * BYTES_A_POSITION / bandwidth)
                        .atLeast(0.12 * bandwidth / BYTES_A_POSITION / 1e6),
                Figure.of(
                                "sweep: columns read",
                                new Runs(
                                        bytesRead / 1e9,
                                        bytesRead * swept.median() / swept.best() / 1e9),
                                "GB/s")
                        .beside("read bandwidth", bytesRead / bandwidth),
                Figure.of("accounts taken into the columns", scaled(filled, 1e6), "M/s"));
    }

    private static Runs scaled(Runs runs, double by) {
        return new Runs(runs.best() / by, runs.median() / by);
    }

    private long sweep() {
        for (int i = 0; i < BenchMarket.INSTRUMENTS; i++) {
            market.move(i, MOST_PPM, random);
        }
        states.clear();
        long began = System.nanoTime();
        counts = population.sweep(market, (account, state) -> states.merge(state, 1, Integer::sum));
        return System.nanoTime() - began;
    }

    /** Every account by exact arithmetic, against one sweep at the same prices. */
    private void check() {
        Map<AccountId, RiskState> found = new HashMap<>();
        population.sweep(market, (account, state) -> found.put(account.id(), state));
        for (AccountSnapshot account : accounts) {
            RiskState exact = MarginCalculator.stateOf(account, market, BenchAccounts.PARAMETERS);
            RiskState swept = found.getOrDefault(account.id(), RiskState.HEALTHY);
            if (swept != exact) {
                throw new BenchFailure(
                        "the sweep says "
                                + swept
                                + " and exact arithmetic "
                                + exact
                                + " of "
                                + account);
            }
        }
        say.accept(
                String.format(
                        "  every state is that of exact arithmetic (%,d accounts)",
                        accounts.size()));
    }
}

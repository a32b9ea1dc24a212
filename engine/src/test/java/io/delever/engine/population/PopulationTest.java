package io.delever.engine.population;

import static org.assertj.core.api.Assertions.assertThat;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountSnapshot;
import io.delever.engine.margin.MarginCalculator;
import io.delever.engine.margin.RiskState;
import io.delever.engine.market.AssetId;
import io.delever.testing.Covers;
import io.delever.testing.SeededTest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The sweep over columns against exact arithmetic on every account. */
class PopulationTest {
    private static final long LEVEL_PPM = RandomMarket.PARAMETERS.marginCallLevel().ppm();
    private static final int ACCOUNTS = 2_000;

    /** {@code -Ddelever.evaluations=10000000} compares so many for each seed. */
    private static final long EVALUATIONS = Long.getLong("delever.evaluations", 60_000);

    private final Map<AccountId, RiskState> found = new HashMap<>();

    @SeededTest
    @Covers("POPU-002")
    void findsTheStatesThatArbitraryPrecisionGives(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<RiskState, Long> seen = new EnumMap<>(RiskState.class);
        long done = 0;
        long ties = 0;
        long exact = 0;
        while (done < EVALUATIONS) {
            RandomMarket market = new RandomMarket(random);
            Population population = new Population(RandomMarket.PARAMETERS);
            List<AccountSnapshot> accounts = accounts(market, population);
            for (int tick = 0; tick < 10; tick++) {
                exact += sweep(population, market).exact();
                for (AccountSnapshot account : accounts) {
                    ExactReference reference = ExactReference.of(account, market);
                    RiskState state = reference.state(LEVEL_PPM);
                    ties += reference.slack().signum() == 0 ? 1 : 0;
                    seen.merge(state, 1L, Long::sum);
                    if (stateOf(account) != state) {
                        assertThat(stateOf(account))
                                .as("tick %d, %s", tick, account)
                                .isEqualTo(state);
                    }
                }
                done += accounts.size();
                // The first ticks are so small that ties stay near the line.
                int most = tick < 3 ? 1 : tick < 8 ? 3_000 : 400_000;
                market.ids().forEach(id -> market.move(id, most));
            }
        }
        assertThat(seen).as("states on the way").hasSize(4);
        assertThat(ties).as("ties").isGreaterThan(done / 100);
        assertThat(exact).as("decided exactly").isGreaterThanOrEqualTo(ties);
        assertThat(exact).as("decided exactly").isLessThan(done / 2);
    }

    @SeededTest
    @Covers("POPU-003")
    void aMissingPriceAndAnotherListingAreSeenAtOnce(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RandomMarket market = new RandomMarket(random);
        Population population = new Population(RandomMarket.PARAMETERS);
        List<AccountSnapshot> accounts = accounts(market, population);
        for (int tick = 0; tick < 20; tick++) {
            int which = random.nextInt(market.ids().size());
            switch (random.nextInt(3)) {
                case 0 -> market.miss(market.ids().get(which));
                case 1 -> market.list(market.ids().get(which), new AssetId("A" + which));
                default -> market.move(market.ids().get(which), 900_000);
            }
            // Some accounts are put again, some for the first time at a missing price.
            int changed = random.nextInt(accounts.size());
            accounts.set(changed, market.account("a" + changed));
            population.put(accounts.get(changed), market);
            sweep(population, market);
            for (AccountSnapshot account : accounts) {
                RiskState state =
                        MarginCalculator.stateOf(account, market, RandomMarket.PARAMETERS);
                assertThat(stateOf(account)).as("tick %d, %s", tick, account).isEqualTo(state);
            }
        }
        assertThat(population.size()).isEqualTo(accounts.size());
    }

    @SeededTest
    @Covers("POPU-001")
    void aSweepCountsEveryAccountAndReadsLittleForEach(long seed) {
        RandomMarket market = new RandomMarket(new SplittableRandom(seed));
        Population population = new Population(RandomMarket.PARAMETERS);
        List<AccountSnapshot> accounts = accounts(market, population);
        SweepCounts counts = sweep(population, market);
        assertThat(counts.accounts()).isEqualTo(ACCOUNTS);
        assertThat(counts.notHealthy()).isEqualTo(found.size()).isPositive();
        long entries =
                accounts.stream().mapToLong(a -> a.positions().size() + a.balances().size()).sum();
        assertThat(population.bytesSwept()).isLessThan(12 * (entries + ACCOUNTS));
    }

    private List<AccountSnapshot> accounts(RandomMarket market, Population population) {
        List<AccountSnapshot> accounts = new ArrayList<>();
        for (int i = 0; i < ACCOUNTS; i++) {
            AccountSnapshot account = market.account("a" + i);
            accounts.add(account);
            population.put(account, market);
        }
        return accounts;
    }

    private SweepCounts sweep(Population population, RandomMarket market) {
        found.clear();
        return population.sweep(market, (account, state) -> found.put(account.id(), state));
    }

    private RiskState stateOf(AccountSnapshot account) {
        return found.getOrDefault(account.id(), RiskState.HEALTHY);
    }
}

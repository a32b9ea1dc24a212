package io.delever.engine.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.delever.engine.stress.Cascade.Closed;
import io.delever.engine.stress.Cascade.Outcome;
import io.delever.engine.stress.LiquidationMap.Level;
import io.delever.engine.stress.StressAccount.Holding;
import io.delever.engine.stress.StressMarket.Response;
import io.delever.testing.Covers;
import io.delever.testing.SeededTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CascadeTest {
    private static final Response NONE = new Response(0, 0);
    private static final Response FIVE_PERCENT = new Response(0.05, 0);

    /**
     * By hand: the fall of A to 90 leaves "both" with 100 × 90 + 200 × 50 − 18 200 = 800 against
     * 950, so its longs in A and B are sold; B falls by 2 to 48, and "onlyB" has 100 × 48 − 4 650 =
     * 150 against 240.
     */
    @Test
    @Covers({"STRS-040", "STRS-041", "STRS-045"})
    void aFallOfOneInstrumentReachesAnotherThroughAccountsThatHoldBoth() {
        Cascade cascade =
                new Cascade(
                        List.of(market("A", 100, 0.01), market("B", 50, 0.01)),
                        List.of(
                                account("both", -18_200, holding(0, 100), holding(1, 200)),
                                account("onlyB", -4_650, holding(1, 100)),
                                account("safe", -1_000, holding(1, 100))));
        Outcome outcome = cascade.push(List.of(90d, 50d));
        assertThat(outcome.closed())
                .extracting(Closed::account, Closed::round)
                .containsExactly(tuple("both", 1), tuple("onlyB", 2));
        assertThat(outcome.markets().get(0).end()).isCloseTo(89, within(1e-9));
        assertThat(outcome.markets().get(1).end()).isCloseTo(47, within(1e-9));
        // Sold at 89.5 and 49, then at 47.5.
        assertThat(outcome.closed().get(0).deficit()).isZero();
        assertThat(100 * 89.5 + 200 * 49 - 18_200).isPositive();
        assertThat(outcome.closed().get(1).deficit()).isZero();
        assertThat(outcome.amplification()).isGreaterThan(1);
    }

    @Test
    @Covers("STRS-040")
    void equalityIsSafe() {
        // 100 × 95 − 9 025 = 475 = 5 % of 9 500.
        Cascade cascade =
                new Cascade(
                        List.of(market("A", 100, 0.01)),
                        List.of(account("edge", -9_025, holding(0, 100))));
        assertThat(cascade.push(List.of(95d)).closed()).isEmpty();
        assertThat(cascade.push(List.of(94.99)).closed()).hasSize(1);
    }

    /** The account lacks 1 000 after its sale and holds 100 C at 20: half of it is sold. */
    @Test
    @Covers({"STRS-041", "STRS-045"})
    void collateralIsSoldForWhatIsLacking() {
        StressMarket perpetual = market("A", 100, 0);
        StressMarket asset =
                new StressMarket("C", 20, new Impact.Linear(0.1), NONE, new Response(0.5, 0));
        StressAccount account =
                new StressAccount("x", -10_000, List.of(holding(0, 100)), List.of(holding(1, 100)));
        Outcome outcome =
                new Cascade(List.of(perpetual, asset), List.of(account)).push(List.of(90d, 20d));
        assertThat(outcome.markets().get(1).forced()).isCloseTo(50, within(1e-9));
        assertThat(outcome.markets().get(1).end()).isCloseTo(15, within(1e-9));
        // 50 sold at 17.5 and 50 left at 15 against 1 000 lacking: 625 remain.
        assertThat(outcome.deficit()).isZero();
        StressAccount poor =
                new StressAccount("y", -11_000, List.of(holding(0, 100)), List.of(holding(1, 50)));
        Outcome lost =
                new Cascade(List.of(perpetual, asset), List.of(poor)).push(List.of(90d, 20d));
        // All 50 sold at 17.5 on average: 875 against 2 000.
        assertThat(lost.deficit()).isCloseTo(1_125, within(1e-9));
    }

    @Test
    @Covers({"STRS-043", "STRS-047"})
    void haircutsThatFollowTheFallCloseMore() {
        StressMarket perpetual = market("A", 100, 0.0001);
        StressMarket asset =
                new StressMarket("C", 20, new Impact.Linear(0.01), NONE, new Response(0.1, 3));
        List<StressAccount> accounts = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            accounts.add(
                    new StressAccount(
                            "x" + i,
                            -9_900 - 40 * i,
                            List.of(holding(0, 100)),
                            List.of(holding(1, 60))));
        }
        Spiral spiral =
                Spiral.of(new Cascade(List.of(perpetual, asset), accounts), List.of(98d, 17d));
        assertThat(spiral.lossOnly().closed())
                .hasSizeLessThan(spiral.withHaircuts().closed().size());
        assertThat(spiral.withMargins().closed()).hasSameSizeAs(spiral.lossOnly().closed());
        assertThat(spiral.withBoth().closed()).hasSameSizeAs(spiral.withHaircuts().closed());
        assertThat(new Response(0.6, 5).after(-0.2)).isEqualTo(1);
    }

    @Test
    @Covers("STRS-046")
    void whatDoesNotFitIsRefused() {
        List<StressMarket> one = List.of(market("A", 100, 0.01));
        assertThatThrownBy(() -> new Cascade(one, List.of(account("x", 0, holding(1, 1)))))
                .hasMessageContaining("no market 1");
        Cascade cascade = new Cascade(one, List.of());
        assertThatThrownBy(() -> cascade.push(List.of())).hasMessageContaining("pushes: 0");
        assertThatThrownBy(() -> cascade.push(List.of(0d))).hasMessageContaining("above 0");
        assertThatThrownBy(() -> cascade.growth(1)).hasMessageContaining("between 0 and 1");
        assertThatThrownBy(() -> new Response(1.1, 0)).hasMessageContaining("limit 1");
    }

    @Test
    @Covers("STRS-033")
    void theSpectralRadiusIsThatOfTheMatrix() {
        assertThat(SpectralRadius.of(new double[][] {{2, 1}, {1, 2}})).isCloseTo(3, within(1e-9));
        assertThat(SpectralRadius.of(new double[][] {{0, 2}, {0.5, 0}})).isCloseTo(1, within(1e-9));
        assertThat(SpectralRadius.of(new double[][] {{0, 0}, {0, 0}})).isZero();
        assertThat(SpectralRadius.of(new double[][] {{0.5, 0}, {7, 0.25}}))
                .isCloseTo(0.5, within(1e-6));
    }

    /** Two markets, each of which only feeds the other: neither alone, both together. */
    @Test
    @Covers("STRS-033")
    void marketsFeedEachOtherThroughSharedAccounts() {
        List<StressMarket> markets = List.of(market("A", 100, 0.02), market("B", 100, 0.02));
        List<StressAccount> accounts =
                List.of(
                        account("ab", -19_000, holding(0, 100), holding(1, 100)),
                        account("far", -100, holding(0, 100)));
        // At a fall of 1 % of A: 19 900 − 19 000 = 900 < 995; 2 of 100 in each market.
        Cascade cascade = new Cascade(markets, accounts);
        assertThat(cascade.growth(0.01)).isCloseTo(4, within(1e-6));
        Cascade apart = new Cascade(markets, List.of(account("far", -100, holding(0, 100))));
        assertThat(apart.growth(0.01)).isZero();
    }

    @SeededTest
    @Covers("STRS-042")
    void whoIsOpenAtTheEndIsNotLiquidatable(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            List<StressMarket> markets = List.of(market("A", 100, 0.002), market("B", 10, 0.0005));
            List<StressAccount> accounts = random(random, 60);
            Outcome outcome =
                    new Cascade(markets, accounts)
                            .push(
                                    List.of(
                                            70 + 40 * random.nextDouble(),
                                            7 + 4 * random.nextDouble()));
            assertThat(outcome.rounds()).isLessThanOrEqualTo(accounts.size());
            Set<String> closed = new HashSet<>();
            outcome.closed().forEach(account -> closed.add(account.account()));
            assertThat(closed).hasSameSizeAs(outcome.closed());
            for (StressAccount account : accounts) {
                if (!closed.contains(account.id())) {
                    double equity = account.cash();
                    double maintenance = 0;
                    for (Holding holding : account.positions()) {
                        double value =
                                holding.size() * outcome.markets().get(holding.market()).end();
                        equity += value;
                        maintenance += 0.05 * Math.abs(value);
                    }
                    assertThat(maintenance).isLessThanOrEqualTo(Math.max(equity, 0) + 1e-6);
                }
            }
        }
    }

    @SeededTest
    @Covers("STRS-044")
    void oneMarketOfLongsEndsWhereTheMapDoes(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 30; round++) {
            Impact impact = new Impact.SquareRoot(random.nextDouble());
            List<StressAccount> accounts = longs(random);
            List<Level> levels = new ArrayList<>();
            for (StressAccount account : accounts) {
                double size = account.positions().getFirst().size();
                levels.add(
                        new Level(-account.cash() / (size * 0.95), size, -account.cash() / size));
            }
            StressMarket market = new StressMarket("A", 100, impact, FIVE_PERCENT, NONE);
            double pushed = 80 + 19 * random.nextDouble();
            Outcome outcome = new Cascade(List.of(market), accounts).push(List.of(pushed));
            LiquidationMap.Reaction reaction =
                    new LiquidationMap(100, impact, levels, List.of()).push(pushed);
            assertThat(outcome.closed()).hasSize(reaction.forced().levels());
            assertThat(outcome.markets().getFirst().end()).isCloseTo(reaction.end(), within(1e-9));
        }
    }

    @SeededTest
    @Covers("STRS-047")
    void marginsThatFollowNeverCloseFewerLongs(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 30; round++) {
            StressMarket market =
                    new StressMarket(
                            "A", 100, new Impact.Linear(0.02), new Response(0.05, 0.5), NONE);
            double pushed = 80 + 19 * random.nextDouble();
            Spiral spiral = Spiral.of(new Cascade(List.of(market), longs(random)), List.of(pushed));
            assertThat(spiral.withMargins().closed())
                    .hasSizeGreaterThanOrEqualTo(spiral.lossOnly().closed().size());
            assertThat(spiral.withMargins().markets().getFirst().end())
                    .isLessThanOrEqualTo(spiral.lossOnly().markets().getFirst().end());
        }
    }

    private static List<StressAccount> longs(Random random) {
        List<StressAccount> accounts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            double size = 1 + random.nextInt(20);
            double level = 60 + 39 * random.nextDouble();
            accounts.add(account("a" + i, -level * size * 0.95, holding(0, size)));
        }
        return accounts;
    }

    private static List<StressAccount> random(Random random, int count) {
        List<StressAccount> accounts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double a = random.nextInt(41) - 20d;
            double b = random.nextInt(401) - 200d;
            double value = a * 100 + b * 10;
            double gross = Math.abs(a) * 100 + Math.abs(b) * 10;
            double margin = gross * (0.06 + 0.3 * random.nextDouble());
            accounts.add(account("a" + i, margin - value, holding(0, a), holding(1, b)));
        }
        return accounts;
    }

    private static StressMarket market(String id, double price, double alpha) {
        return new StressMarket(id, price, new Impact.Linear(alpha), FIVE_PERCENT, NONE);
    }

    private static StressAccount account(String id, double cash, Holding... positions) {
        return new StressAccount(id, cash, List.of(positions), List.of());
    }

    private static Holding holding(int market, double size) {
        return new Holding(market, size);
    }
}

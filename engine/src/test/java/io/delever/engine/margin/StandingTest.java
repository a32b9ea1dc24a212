package io.delever.engine.margin;

import static io.delever.engine.margin.Fixtures.BTC_PERP;
import static io.delever.engine.margin.Fixtures.ETH_PERP;
import static io.delever.engine.margin.Fixtures.PARAMETERS;
import static io.delever.engine.margin.Fixtures.market;
import static io.delever.engine.margin.Fixtures.prices;
import static io.delever.engine.margin.Fixtures.stale;
import static io.delever.engine.margin.Ledgers.deposit;
import static io.delever.engine.margin.Ledgers.fill;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountView;
import io.delever.engine.market.PriceState;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.testing.Covers;
import io.delever.testing.SeededTest;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandingTest {
    /** Called below 1.5, warned again below 1.2, reduce-only below 1.1, let go at 1.575. */
    private static final StandingRules RULES =
            new StandingRules(
                    List.of(Rate.parse("1.5"), Rate.parse("1.2")),
                    Rate.parse("1.1"),
                    Rate.parse("0.05"),
                    100);

    private final Ledgers at = new Ledgers();
    private final RiskMonitor monitor = new RiskMonitor(at.ledger, RULES);

    /**
     * Long 0.5 at 60,000 with 3,000: adjusted equity ÷ maintenance margin is (0.5 p − 27,000) ÷
     * 0.025 p, so 1.575 is at 58,616.01, 1.5 at 58,378.37, 1.2 at 57,446.80, 1.1 at 57,142.85.
     */
    private void open(String account) {
        at.accept(deposit(account, "3000"));
        monitor.applied(at.accept(fill(account, BTC_PERP, "0.5", "60000")), at.prices);
    }

    private String after(long time, String btc) {
        at.prices = prices(btc, "3000");
        monitor.pricesChanged(List.of(BTC_PERP), at.prices, time);
        return standing("alice");
    }

    private String standing(String account) {
        StandingState state = monitor.standingOf(new AccountId(account));
        return state.standing()
                + " "
                + state.warningLevel()
                + (state.deadlineNanos().isPresent()
                        ? " until " + state.deadlineNanos().getAsLong()
                        : "");
    }

    @Test
    @Covers({"MARG-120", "MARG-121", "MARG-123"})
    void anAccountGoesDownAtOnceAndUpWithSomethingToSpare() {
        open("alice");
        assertThat(after(10, "58378.4")).isEqualTo("HEALTHY 0");
        assertThat(after(11, "58378.3")).isEqualTo("MARGIN_CALL 1 until 111");
        assertThat(after(12, "58616")).isEqualTo("MARGIN_CALL 1 until 111");
        assertThat(after(13, "57446.8")).isEqualTo("MARGIN_CALL 2 until 111");
        assertThat(after(14, "58500")).isEqualTo("MARGIN_CALL 2 until 111");
        assertThat(after(15, "58616.1")).isEqualTo("HEALTHY 0");
        assertThat(after(16, "57142.8")).isEqualTo("REDUCE_ONLY 2");
        assertThat(after(17, "58616")).isEqualTo("REDUCE_ONLY 2");
        assertThat(after(18, "56842")).isEqualTo("LIQUIDATABLE 2");
        assertThat(after(19, "53999.9")).isEqualTo("BANKRUPT 2");
        assertThat(after(20, "58000")).isEqualTo("REDUCE_ONLY 2");
        assertThat(after(21, "58616.1")).isEqualTo("RECOVERED 0 until 121");
        assertThat(after(22, "58500")).isEqualTo("RECOVERED 0 until 121");
        monitor.timePassed(at.prices, 120);
        assertThat(standing("alice")).isEqualTo("RECOVERED 0 until 121");
        monitor.timePassed(at.prices, 121);
        assertThat(standing("alice")).isEqualTo("HEALTHY 0");
    }

    @ParameterizedTest
    @Covers({"MARG-120", "MARG-121"})
    @CsvSource({
        "2250, HEALTHY, HEALTHY",
        "2249.99999999, HEALTHY, MARGIN_CALL",
        "1650, HEALTHY, MARGIN_CALL",
        "1649.99999999, HEALTHY, REDUCE_ONLY",
        "1500, HEALTHY, REDUCE_ONLY",
        "1499.99999999, HEALTHY, LIQUIDATABLE",
        "2362.5, REDUCE_ONLY, RECOVERED",
        "2362.49999999, REDUCE_ONLY, REDUCE_ONLY",
        "2362.5, LIQUIDATABLE, RECOVERED",
        "2362.49999999, BANKRUPT, REDUCE_ONLY",
        "-0.00000001, REDUCE_ONLY, BANKRUPT",
        "1650, RECOVERED, MARGIN_CALL",
        "1649.99999999, RECOVERED, REDUCE_ONLY",
    })
    void everyBorderIsExactAndEqualityIsSafe(String equity, Standing before, Standing after) {
        AccountView account =
                Fixtures.account().collateral(equity).position(BTC_PERP, "0.5", "60000").build();
        AccountMargin margin =
                MarginCalculator.evaluate(account, market("60000", "3000"), PARAMETERS);
        StandingState state =
                before == Standing.RECOVERED
                        ? new StandingState(before, 0, OptionalLong.of(1_000))
                        : new StandingState(before, 0, OptionalLong.empty());
        assertThat(RULES.next(state, margin, 7).standing()).isEqualTo(after);
    }

    @Test
    @Covers({"MARG-122", "MARG-126"})
    void aCallThatIsNotCuredByItsDeadlineIsReduceOnly() {
        open("alice");
        open("bob");
        monitor.takeStandingChanges();
        after(11, "58000");
        monitor.timePassed(at.prices, 110);
        assertThat(standing("alice")).isEqualTo("MARGIN_CALL 1 until 111");
        // A command says what time it likes; the deadline does not listen.
        monitor.applied(at.accept(deposit("alice", "500")), at.prices);
        assertThat(standing("alice")).isEqualTo("HEALTHY 0");
        monitor.timePassed(at.prices, 111);
        assertThat(standing("bob")).isEqualTo("REDUCE_ONLY 1");
        assertThat(monitor.takeStandingChanges())
                .extracting(
                        change ->
                                change.account()
                                        + " "
                                        + change.previous().standing()
                                        + " "
                                        + change.current().standing()
                                        + " "
                                        + change.timeNanos())
                .containsExactly(
                        "alice HEALTHY MARGIN_CALL 11",
                        "bob HEALTHY MARGIN_CALL 11",
                        "alice MARGIN_CALL HEALTHY 110",
                        "bob MARGIN_CALL REDUCE_ONLY 111");
        assertThat(monitor.takeStandingChanges()).isEmpty();
    }

    @Test
    @Covers("MARG-124")
    void whileAPriceIsNotUsableNothingEnds() {
        open("alice");
        after(11, "58000");
        at.prices = prices("58000", "3000").with(BTC_PERP, stale("58000"));
        monitor.pricesChanged(List.of(BTC_PERP), at.prices, 12);
        monitor.timePassed(at.prices, 500);
        assertThat(standing("alice")).isEqualTo("MARGIN_CALL 1 until 111");
        assertThat(after(501, "58000")).isEqualTo("REDUCE_ONLY 1");
    }

    @Test
    @Covers("MARG-125")
    void whoMayOnlyReduceIsToldSoAndHowMuchMayBeReduced() {
        AccountView account =
                Fixtures.account().collateral("9000").position(BTC_PERP, "0.5", "60000").build();
        Order grow = new Order(BTC_PERP, Quantity.parse("0.1"), Price.parse("60000"), false);
        Order flip = new Order(BTC_PERP, Quantity.parse("-0.6"), Price.parse("60000"), false);
        assertThat(check(account, grow, Standing.MARGIN_CALL).passes()).isTrue();
        assertThat(check(account, grow, Standing.RECOVERED).passes()).isTrue();
        assertThat(check(account, flip, Standing.HEALTHY).passes()).isTrue();
        OrderVerdict refused = check(account, grow, Standing.REDUCE_ONLY);
        assertThat(refused.refusal().map(Refusal::reason))
                .contains(RejectionReason.ACCOUNT_REDUCE_ONLY);
        assertThat(refused.largestPassingSize()).hasToString("0");
        assertThat(check(account, grow, Standing.LIQUIDATABLE).refusal().map(Refusal::reason))
                .contains(RejectionReason.ACCOUNT_IN_LIQUIDATION);
        assertThat(check(account, flip, Standing.REDUCE_ONLY).largestPassingSize())
                .hasToString("-0.5");
        Order reduce = new Order(BTC_PERP, Quantity.parse("-0.5"), Price.parse("60000"), false);
        assertThat(check(account, reduce, Standing.REDUCE_ONLY).passes()).isTrue();
        Order asked = new Order(BTC_PERP, Quantity.parse("0.1"), Price.parse("60000"), true);
        assertThat(check(account, asked, Standing.REDUCE_ONLY).refusal().map(Refusal::reason))
                .contains(RejectionReason.NOT_REDUCING);
    }

    private static OrderVerdict check(AccountView account, Order order, Standing standing) {
        return OrderCheck.check(account, order, standing, market("60000", "3000"), PARAMETERS);
    }

    @Test
    @Covers("MARG-127")
    void nobodyIsExempt() {
        List<String> names = List.of("0", "alice", "insurance-fund", "market-maker-1", "zzz");
        names.forEach(this::open);
        for (String price : List.of("58000", "57142", "56000", "53000", "58000", "61000")) {
            at.prices = prices(price, "3000");
            monitor.pricesChanged(List.of(BTC_PERP), at.prices, 5);
            Set<String> standings = new HashSet<>();
            names.forEach(name -> standings.add(standing(name)));
            assertThat(standings).as("at %s", price).hasSize(1);
        }
        assertThat(monitor.takeStandingChanges()).hasSize(6 * names.size());
    }

    @SeededTest
    @Covers({"MARG-033", "MARG-120", "MARG-122"})
    void afterEveryBatchEveryStandingIsTheOneThatLookingAtEverybodyGives(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        at.prices = prices("60000", "3000");
        for (int i = 0; i < 40; i++) {
            at.accept(deposit("a" + i, 2_000 + random.nextInt(4_000) + ""));
            String sign = random.nextInt(3) == 0 ? "-" : "";
            at.accept(fill("a" + i, BTC_PERP, sign + "0." + (1 + random.nextInt(9)), "60000"));
            if (random.nextInt(3) == 0) {
                at.accept(fill("a" + i, ETH_PERP, sign + (1 + random.nextInt(5)), "3000"));
            }
        }
        monitor.everything(at.prices, 0);
        Map<AccountId, StandingState> expected = new HashMap<>();
        lookAtEverybody(expected, 0);
        Set<Standing> seen = EnumSet.noneOf(Standing.class);
        long btcE8 = 60_000_00000000L;
        for (int batch = 1; batch <= 300; batch++) {
            long widest = random.nextInt(25) == 0 ? 40_000 : 2_000;
            btcE8 += btcE8 / 1_000_000 * random.nextLong(-widest, widest + 1);
            PriceState price =
                    random.nextInt(30) == 0
                            ? stale("1")
                            : new PriceState.Fresh(new Price(btcE8), new Price(btcE8), 1);
            at.prices = prices("60000", "3000").with(BTC_PERP, price);
            monitor.pricesChanged(List.of(BTC_PERP), at.prices, batch);
            monitor.timePassed(at.prices, batch);
            lookAtEverybody(expected, batch);
            for (AccountView account : at.ledger.accounts()) {
                StandingState exact = expected.getOrDefault(account.id(), StandingState.HEALTHY);
                seen.add(exact.standing());
                assertThat(monitor.standingOf(account.id()))
                        .as("batch %d, account %s at %d", batch, account.id(), btcE8)
                        .isEqualTo(exact);
            }
        }
        assertThat(seen).as("standings on the way").hasSizeGreaterThanOrEqualTo(4);
    }

    private void lookAtEverybody(Map<AccountId, StandingState> standings, long now) {
        for (AccountView account : at.ledger.accounts()) {
            AccountMargin margin =
                    MarginCalculator.evaluate(account, at.ledger.marketAt(at.prices), PARAMETERS);
            standings.merge(
                    account.id(),
                    RULES.next(StandingState.HEALTHY, margin, now),
                    (before, fresh) -> RULES.next(before, margin, now));
        }
    }

    @Test
    @Covers("MARG-120")
    void rulesOutOfRangeOrOrderAreRefused() {
        refused(List.of(), "1.1", "0", 1, "1 to 8 warning levels, given 0");
        refused(List.of("1.2", "1.2"), "1.1", "0", 1, "warning levels must fall, is 1.2");
        refused(List.of("1.2"), "1.3", "0", 1, "at most the last warning level, is 1.3");
        refused(List.of("1.2"), "0.99", "0", 1, "the reduce-only level is at least 1, is 0.99");
        refused(List.of("1001"), "1", "0", 1, "the first warning level is at most 1000");
        refused(List.of("1.2"), "1", "1.1", 1, "the hysteresis is at most 1, is 1.1");
        refused(List.of("1.2"), "1", "0", 0, "must be 1 to 31622400000000000 ns, is 0");
        assertThat(StandingRules.of(PARAMETERS).reduceOnlyLevel()).hasToString("1.1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StandingState(Standing.MARGIN_CALL, 1, OptionalLong.empty()))
                .withMessageContaining("does not fit MARGIN_CALL");
    }

    private static void refused(
            List<String> levels, String reduceOnly, String hysteresis, long period, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new StandingRules(
                                        levels.stream().map(Rate::parse).toList(),
                                        Rate.parse(reduceOnly),
                                        Rate.parse(hysteresis),
                                        period))
                .withMessageContaining(why);
    }
}

package io.delever.engine.deleveraging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.engine.account.AccountId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.testing.Covers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AdlPolicyTest {
    private static final InstrumentId BTC = new InstrumentId("BTC-PERP");

    private static AdlCandidate winner(String id, String size, String profit, String equity) {
        return new AdlCandidate(
                new AccountId(id), Quantity.parse(size), Money.parse(profit), Money.parse(equity));
    }

    /** A bankrupt long of `size` that must sell at `bankruptcy` while the mark is lower. */
    private static AdlRequest bankruptLong(String size, String bankruptcy, String mark) {
        return request("-" + size, bankruptcy, mark, AdlRequest.Limits.FULL);
    }

    private static AdlRequest request(
            String trade, String bankruptcy, String mark, AdlRequest.Limits limits) {
        return new AdlRequest(
                BTC,
                Quantity.parse(trade),
                new AdlRequest.Prices(Price.parse(bankruptcy), Price.parse(mark)),
                Quantity.parse("0.001"),
                limits);
    }

    private static List<String> text(AdlPlan plan) {
        return plan.allocations().stream()
                .map(a -> a.account() + " " + a.size() + " for " + a.pnlHaircut())
                .toList();
    }

    @Test
    @Covers("ADLQ-002")
    void queueRanksByProfitOverEquityThenByAccountId() {
        List<AdlCandidate> queue =
                AdlQueue.rank(
                        List.of(
                                winner("b", "-1", "10", "100"),
                                winner("a", "-1", "20", "200"),
                                winner("c", "-1", "10", "50"),
                                winner("d", "-1", "1000", "100000")));
        assertThat(queue).extracting(c -> c.account().value()).containsExactly("c", "a", "b", "d");
    }

    @Test
    @Covers("ADLQ-001")
    void onlyProfitAndPositiveEquityOnTheOtherSideIsAsked() {
        AdlPlan plan =
                AdlPolicy.CAPPED_PRO_RATA.plan(
                        bankruptLong("1", "100", "90"),
                        List.of(
                                winner("long", "1", "50", "100"),
                                winner("loser", "-5", "-1", "100"),
                                winner("flat", "-5", "0", "100"),
                                winner("broke", "-5", "50", "0"),
                                winner("winner", "-5", "50", "100")));
        assertThat(text(plan)).containsExactly("winner 1 for 10");
    }

    @Test
    @Covers("ADLQ-003")
    void budgetIsSeverityTimesUncoveredDeficit() {
        AdlRequest.Limits half = new AdlRequest.Limits(new Rate(500_000), new Rate(1_000_000));
        AdlRequest request = request("-3", "100", "90", half);
        assertThat(request.budget()).isEqualTo(Money.parse("15"));
        AdlPlan plan =
                AdlPolicy.CAPPED_PRO_RATA.plan(request, List.of(winner("w", "-9", "500", "100")));
        assertThat(text(plan)).containsExactly("w 1.5 for 15");
        assertThat(plan.taken()).isEqualTo(plan.budget());
        assertThat(request("-3", "80", "90", half).budget()).isEqualTo(Money.ZERO);
        assertThat(request("3", "80", "90", half).budget()).isEqualTo(Money.parse("15"));
        assertThatThrownBy(() -> new AdlRequest.Limits(new Rate(1_000_001), new Rate(0)))
                .hasMessageContaining("severity is 1000001");
    }

    @Test
    @Covers("ADLQ-004")
    void nobodyGivesMoreThanItsProfitCapOrItsSize() {
        AdlRequest.Limits cap = new AdlRequest.Limits(new Rate(1_000_000), new Rate(500_000));
        AdlPlan plan =
                AdlPolicy.CAPPED_PRO_RATA.plan(
                        request("-10", "100", "90", cap),
                        List.of(
                                winner("profit", "-9", "20.019", "50"),
                                winner("size", "-2", "900", "50")));
        // half of 20.019 is 10.0095: one unit costs 10, so 1.000 fits and 1.001 does not
        assertThat(text(plan)).containsExactlyInAnyOrder("profit 1 for 10", "size 2 for 20");
        assertThat(plan.unallocated()).isEqualTo(Quantity.parse("7"));
    }

    @Test
    @Covers("ADLQ-005")
    void cappedProRataTakesTheSameShareOfProfitFromEverybodyBelowItsCap() {
        AdlPlan plan =
                AdlPolicy.CAPPED_PRO_RATA.plan(
                        bankruptLong("6", "100", "90"),
                        List.of(
                                winner("a", "-10", "100", "100"),
                                winner("b", "-10", "200", "400"),
                                winner("c", "-1", "300", "400")));
        // c gives its whole size 1; the other 5 are shared 100 : 200
        assertThat(text(plan))
                .containsExactlyInAnyOrder("a 1.667 for 16.67", "b 3.333 for 33.33", "c 1 for 10");
        assertThat(plan.taken()).isEqualTo(plan.budget());
    }

    @Test
    @Covers("ADLQ-009")
    void queuePolicyEmptiesTheTopFirst() {
        List<AdlCandidate> winners =
                List.of(
                        winner("a", "-1", "100", "100"),
                        winner("b", "-1", "300", "400"),
                        winner("c", "-1", "100", "400"));
        AdlPlan plan = AdlPolicy.QUEUE.plan(bankruptLong("1.5", "100", "90"), winners);
        assertThat(text(plan)).containsExactly("a 1 for 10", "b 0.5 for 5");
        assertThat(plan.unallocated()).isEqualTo(Quantity.ZERO);
    }

    @Test
    @Covers({"ADLQ-001", "ADLQ-003"})
    void aBankruptShortIsClosedAgainstLongs() {
        AdlPlan plan =
                AdlPolicy.QUEUE.plan(
                        request("2", "90", "100", AdlRequest.Limits.FULL),
                        List.of(winner("s", "-5", "50", "100"), winner("l", "5", "50", "100")));
        assertThat(text(plan)).containsExactly("l -2 for 20");
    }

    @Test
    @Covers({"ADLQ-004", "ADLQ-006", "ADLQ-007", "ADLQ-010"})
    void randomRoundsMeetTheBudgetWhateverTheOrder() {
        SplittableRandom random = new SplittableRandom(42);
        for (int round = 0; round < 2_000; round++) {
            List<AdlCandidate> candidates = new ArrayList<>();
            int n = random.nextInt(12);
            for (int i = 0; i < n; i++) {
                candidates.add(
                        new AdlCandidate(
                                new AccountId("w" + i),
                                new Quantity(-random.nextLong(1, 900) * 100_000L),
                                new Money(random.nextLong(-5_000_000_000L, 50_000_000_000L)),
                                new Money(random.nextLong(-1_000_000_000L, 90_000_000_000L))));
            }
            AdlRequest request =
                    new AdlRequest(
                            BTC,
                            new Quantity(-random.nextLong(1, 2_000) * 100_000L),
                            new AdlRequest.Prices(
                                    new Price(random.nextLong(9_000_000_001L, 11_000_000_000L)),
                                    new Price(10_000_000_000L)),
                            new Quantity(100_000L),
                            new AdlRequest.Limits(
                                    new Rate(random.nextLong(1_000_001)),
                                    new Rate(random.nextLong(1_000_001))));
            for (AdlPolicy policy : AdlPolicy.values()) {
                AdlPlan plan = policy.plan(request, candidates);
                List<AdlCandidate> shuffled = new ArrayList<>(candidates);
                Collections.shuffle(shuffled, new Random(round));
                assertThat(policy.plan(request, shuffled)).isEqualTo(plan);
                checkLimits(request, plan, candidates);
            }
        }
    }

    private static void checkLimits(
            AdlRequest request, AdlPlan plan, List<AdlCandidate> candidates) {
        long allocated = 0;
        for (AdlAllocation allocation : plan.allocations()) {
            AdlCandidate winner =
                    candidates.stream()
                            .filter(c -> c.account().equals(allocation.account()))
                            .findFirst()
                            .orElseThrow();
            assertThat(allocation.size().signum()).isEqualTo(-winner.size().signum());
            assertThat(allocation.size().abs().e8()).isLessThanOrEqualTo(winner.size().abs().e8());
            assertThat(allocation.size().e8() % 100_000L).isZero();
            assertThat(allocation.pnlHaircut()).isLessThanOrEqualTo(winner.unrealizedPnl());
            allocated += allocation.size().abs().e8();
        }
        long wanted = request.lotsToClose() * 100_000L;
        assertThat(allocated + plan.unallocated().e8()).isEqualTo(wanted);
        assertThat(plan.taken().e8())
                .isLessThanOrEqualTo(plan.budget().e8() + plan.allocations().size());
    }

    @Test
    @Covers("ADLQ-008")
    void splittingAnAccountDoesNotPay() {
        AdlRequest request = bankruptLong("3", "100", "90");
        AdlCandidate other = winner("other", "-9", "321", "500");
        AdlPlan whole =
                AdlPolicy.CAPPED_PRO_RATA.plan(
                        request, List.of(other, winner("me", "-8", "400", "900")));
        AdlPlan split =
                AdlPolicy.CAPPED_PRO_RATA.plan(
                        request,
                        List.of(
                                other,
                                winner("me-1", "-5", "277.7", "600"),
                                winner("me-2", "-3", "122.3", "300")));
        assertThat(Math.abs(sizeOf(whole, "me") - sizeOf(split, "me")))
                .isLessThanOrEqualTo(200_000L);
    }

    private static long sizeOf(AdlPlan plan, String prefix) {
        return plan.allocations().stream()
                .filter(a -> a.account().value().startsWith(prefix))
                .mapToLong(a -> a.size().e8())
                .sum();
    }
}

package io.delever.engine.deleveraging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.engine.account.AccountId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import io.delever.testing.Covers;
import io.delever.testing.SeededTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AdlComparisonTest {
    private static final Rate SHOCK = Rate.parse("0.1");

    /** Ten units of a bankrupt long at 100 while the mark is 90: 10 for each unit. */
    private static AdlRequest tenUnits(AdlRequest.Limits limits) {
        return new AdlRequest(
                new InstrumentId("BTC-PERP"),
                Quantity.parse("-10"),
                new AdlRequest.Prices(Price.parse("100"), Price.parse("90")),
                Quantity.parse("1"),
                limits);
    }

    private static AdlCandidate winner(
            String id, String size, String profit, String equity, String other) {
        return new AdlCandidate(
                new AccountId(id),
                Quantity.parse(size),
                Money.parse(profit),
                Money.parse(equity),
                Money.parse(other));
    }

    /** Calm has no leverage to speak of, bold has, hedged has as much but holds the other side. */
    private static List<AdlCandidate> three() {
        return List.of(
                winner("bold", "-8", "200", "90", "0"),
                winner("calm", "-8", "200", "7200", "0"),
                winner("hedged", "-8", "200", "90", "720"));
    }

    private static List<String> text(AdlPolicy policy) {
        return policy.plan(tenUnits(AdlRequest.Limits.FULL), three()).allocations().stream()
                .map(a -> a.account() + " " + a.size())
                .toList();
    }

    @Test
    @Covers({"ADLQ-040", "ADLQ-042", "ADLQ-043", "ADLQ-044"})
    void everyPolicyHasItsOwnIdeaOfWhoGives() {
        assertThat(text(AdlPolicy.QUEUE)).containsExactly("bold 8", "hedged 2");
        assertThat(text(AdlPolicy.PRO_RATA)).containsExactly("bold 4", "hedged 3", "calm 3");
        assertThat(text(AdlPolicy.CAPPED_PRO_RATA)).containsExactly("bold 4", "hedged 3", "calm 3");
        assertThat(text(AdlPolicy.RISK_AWARE_PRO_RATA)).containsExactly("bold 5", "hedged 5");
        assertThat(text(AdlPolicy.MINIMAX_LEVERAGE)).containsExactly("bold 5", "hedged 5");
        assertThat(text(AdlPolicy.MINIMAX_FACTOR_LEVERAGE)).containsExactly("bold 8", "calm 2");
    }

    @Test
    @Covers("ADLQ-041")
    void plainProRataLeavesWhatACapForbids() {
        List<AdlCandidate> candidates =
                List.of(
                        winner("rich", "-1", "900", "1000", "0"),
                        winner("poor", "-20", "100", "1000", "0"));
        AdlPlan plain = AdlPolicy.PRO_RATA.plan(tenUnits(AdlRequest.Limits.FULL), candidates);
        assertThat(plain.unallocated()).isEqualTo(Quantity.parse("8"));
        AdlPlan capped =
                AdlPolicy.CAPPED_PRO_RATA.plan(tenUnits(AdlRequest.Limits.FULL), candidates);
        assertThat(capped.unallocated()).isEqualTo(Quantity.ZERO);
    }

    @Test
    @Covers("ADLQ-047")
    void nobodyGivesMoreThanItsEquity() {
        for (AdlPolicy policy : AdlPolicy.values()) {
            AdlPlan plan =
                    policy.plan(
                            tenUnits(AdlRequest.Limits.FULL),
                            List.of(winner("thin", "-10", "500", "25", "0")));
            assertThat(plan.allocations())
                    .extracting(AdlAllocation::size)
                    .containsExactly(Quantity.parse("2"));
            assertThat(plan.unallocated()).isEqualTo(Quantity.parse("8"));
        }
    }

    @Test
    @Covers("ADLQ-045")
    void aComparisonSaysWhatEveryPolicyWouldDo() {
        List<AdlOutcome> outcomes =
                AdlOutcome.compare(tenUnits(AdlRequest.Limits.FULL), three(), SHOCK);
        assertThat(outcomes)
                .extracting(AdlOutcome::policy)
                .containsExactlyElementsOf(Arrays.asList(AdlPolicy.values()));
        AdlOutcome queue = outcomes.getFirst();
        assertThat(queue.budget()).isEqualTo(Money.parse("100"));
        assertThat(queue.overshoot()).isEqualTo(Money.ZERO);
        assertThat(queue.missing()).isEqualTo(Money.ZERO);
        // Bold gives 8 x 10 of its 200; hedged keeps 6 x 90 on 90 - 20.
        assertThat(queue.effects().largestHaircut()).isEqualTo(Rate.parse("0.4"));
        assertThat(queue.effects().concentration()).isEqualTo(Rate.parse("0.8"));
        assertThat(queue.effects().leverageAfterPpm()).isEqualTo(OptionalLong.of(7_714_286));
        assertThat(queue.effects().nextDeficit()).isEqualTo(Money.ZERO);
        assertThat(queue.effects().negativeAfter()).isZero();
        // At a fall of 90 % each lacks what its position loses beyond its equity.
        AdlOutcome crash =
                AdlOutcome.of(
                        AdlPolicy.QUEUE,
                        tenUnits(AdlRequest.Limits.FULL),
                        three(),
                        Rate.parse("0.9"));
        assertThat(crash.effects().nextDeficit()).isEqualTo(Money.parse("416"));
    }

    @Test
    @Covers("ADLQ-045")
    void aRoundWithoutWinnersTakesNothing() {
        for (AdlOutcome outcome :
                AdlOutcome.compare(tenUnits(AdlRequest.Limits.FULL), List.of(), SHOCK)) {
            assertThat(outcome.taken()).isEqualTo(Money.ZERO);
            assertThat(outcome.missing()).isEqualTo(Money.parse("100"));
            assertThat(outcome.effects().leverageAfterPpm()).isEmpty();
            assertThat(outcome.effects().concentration()).isEqualTo(Rate.ZERO);
        }
    }

    @SeededTest
    @Covers({"ADLQ-043", "ADLQ-045", "ADLQ-047"})
    void minimaxLeavesTheLowestLeverageAndNobodyEndsBelowZero(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 40; round++) {
            List<AdlCandidate> candidates = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                candidates.add(
                        winner(
                                "a" + i,
                                Long.toString(-random.nextLong(1, 40)),
                                Long.toString(random.nextLong(-50, 900)),
                                Long.toString(random.nextLong(-50, 4000)),
                                Long.toString(random.nextLong(-900, 900))));
            }
            // Without a loss for each unit no profit or equity is a limit.
            AdlRequest request =
                    new AdlRequest(
                            new InstrumentId("M"),
                            new Quantity(-random.nextLong(1, 200) * 100_000_000L),
                            new AdlRequest.Prices(
                                    Price.parse(round % 2 == 0 ? "90" : "91"), Price.parse("90")),
                            Quantity.parse("1"),
                            AdlRequest.Limits.FULL);
            List<AdlOutcome> outcomes = AdlOutcome.compare(request, candidates, SHOCK);
            for (AdlOutcome outcome : outcomes) {
                assertThat(outcome.effects().negativeAfter()).isZero();
                assertThat(outcome.overshoot().e8()).isLessThanOrEqualTo(outcome.winners());
            }
            if (round % 2 == 0) {
                long minimax =
                        outcomes.stream()
                                .filter(o -> o.policy() == AdlPolicy.MINIMAX_LEVERAGE)
                                .mapToLong(AdlComparisonTest::leverage)
                                .sum();
                // One lot of 90 on the smallest equity of 1 is 90 times.
                outcomes.forEach(
                        outcome ->
                                assertThat(minimax)
                                        .isLessThanOrEqualTo(leverage(outcome) + 90_000_001L));
            }
        }
    }

    private static long leverage(AdlOutcome outcome) {
        return outcome.effects().leverageAfterPpm().orElse(0);
    }

    @Test
    @Covers("ADLQ-046")
    void overAnEventMoneyIsShared() {
        AdlEvent event =
                new AdlEvent(
                        List.of(
                                account("bold", "100", "100", "1000"),
                                account("calm", "100", "1000", "1000"),
                                account("loser", "-5", "1000", "1000"),
                                account("broke", "50", "0", "1000")),
                        Money.parse("60"),
                        Rate.ONE);
        assertThat(text(event, AdlPolicy.QUEUE)).containsExactly("bold 60", "calm 0");
        assertThat(text(event, AdlPolicy.CAPPED_PRO_RATA)).containsExactly("bold 30", "calm 30");
        // By leverage 10 and 1 of the same notional.
        assertThat(text(event, AdlPolicy.RISK_AWARE_PRO_RATA))
                .containsExactly("bold 54.54545455", "calm 5.45454545");
        assertThat(text(event, AdlPolicy.MINIMAX_LEVERAGE)).containsExactly("bold 60", "calm 0");
        AdlOutcome minimax =
                AdlOutcome.compare(event, SHOCK).stream()
                        .filter(o -> o.policy() == AdlPolicy.MINIMAX_LEVERAGE)
                        .findFirst()
                        .orElseThrow();
        assertThat(minimax.taken()).isEqualTo(Money.parse("60"));
        assertThat(minimax.winners()).isEqualTo(1);
        // Bold keeps 400 of its 1,000 on 40 of its 100.
        assertThat(minimax.effects().leverageAfterPpm()).isEqualTo(OptionalLong.of(10_000_000));
        assertThat(minimax.effects().nextDeficit()).isEqualTo(Money.ZERO);
    }

    @SeededTest
    @Covers("ADLQ-046")
    void whatIsTakenOverAnEventIsTheBudgetToTheUnit(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 30; round++) {
            List<AdlEvent.Account> accounts = new ArrayList<>();
            for (int i = 0; i < random.nextInt(1, 40); i++) {
                accounts.add(
                        new AdlEvent.Account(
                                new AccountId("a" + i),
                                new Money(random.nextLong(-1_000, 900_000_000_000L)),
                                new Money(random.nextLong(-1_000, 900_000_000_000L)),
                                new Money(random.nextLong(0, 9_000_000_000_000L))));
            }
            Money budget = new Money(random.nextLong(0, 9_000_000_000_000L));
            Rate cap = new Rate(random.nextLong(1_000_001));
            AdlEvent event = new AdlEvent(accounts, budget, cap);
            Collections.shuffle(accounts, new Random(seed));
            AdlEvent shuffled = new AdlEvent(accounts, budget, cap);
            for (AdlPolicy policy : AdlPolicy.values()) {
                AdlEvent.Result result = event.takenBy(policy);
                assertThat(shuffled.takenBy(policy)).isEqualTo(result);
                long allowed = 0;
                for (int i = 0; i < result.accounts().size(); i++) {
                    AdlEvent.Account account = result.accounts().get(i);
                    long most =
                            Math.min(
                                    account.equity().e8(),
                                    account.profit().times(cap, Rounding.FLOOR).e8());
                    assertThat(result.taken().get(i).e8()).isBetween(0L, most);
                    allowed += most;
                }
                long expected = Math.min(allowed, budget.e8());
                if (policy == AdlPolicy.PRO_RATA) {
                    assertThat(result.total().e8()).isLessThanOrEqualTo(expected);
                } else {
                    assertThat(result.total().e8()).isEqualTo(expected);
                }
            }
        }
        assertThatThrownBy(() -> new AdlEvent(List.of(), new Money(-1), Rate.ONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> account("x", "1", "1", "-1"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static AdlEvent.Account account(
            String id, String profit, String equity, String notional) {
        return new AdlEvent.Account(
                new AccountId(id), Money.parse(profit), Money.parse(equity), Money.parse(notional));
    }

    private static List<String> text(AdlEvent event, AdlPolicy policy) {
        AdlEvent.Result result = event.takenBy(policy);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < result.taken().size(); i++) {
            lines.add(result.accounts().get(i).id() + " " + result.taken().get(i));
        }
        return lines;
    }
}

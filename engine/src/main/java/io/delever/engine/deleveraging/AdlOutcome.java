package io.delever.engine.deleveraging;

import io.delever.engine.account.AccountId;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a policy would do, for comparison with others (ADLQ-045).
 *
 * @param policy which one
 * @param budget what is needed
 * @param taken what the winners give up
 * @param winners how many give something
 * @param effects what it means for them and for the venue
 */
public record AdlOutcome(
        AdlPolicy policy, Money budget, Money taken, int winners, Effects effects) {

    /**
     * What a round leaves behind.
     *
     * @param largestHaircut greatest share of its own profit that one winner gives up, rounded up
     * @param concentration share of the whole that the most affected winner gives, rounded up; zero
     *     where nothing is given
     * @param leverageAfterPpm greatest notional ÷ equity among all winners after the round, rounded
     *     up; empty where nobody has a position and equity left
     * @param nextDeficit what all winners together would lack after the round if the price moved
     *     against them by the shock
     * @param negativeAfter winners whose equity would be below zero after the round
     */
    public record Effects(
            Rate largestHaircut,
            Rate concentration,
            OptionalLong leverageAfterPpm,
            Money nextDeficit,
            int negativeAfter) {}

    /** What was taken beyond the budget, ≥ 0. */
    public Money overshoot() {
        return taken.minus(budget).max(Money.ZERO);
    }

    /** What the winners' limits did not allow of the budget, ≥ 0. */
    public Money missing() {
        return budget.minus(taken).max(Money.ZERO);
    }

    /** Every policy on the same round, in the order of the policies. */
    public static List<AdlOutcome> compare(
            AdlRequest request, Collection<AdlCandidate> candidates, Rate shock) {
        return Arrays.stream(AdlPolicy.values())
                .map(policy -> of(policy, request, candidates, shock))
                .toList();
    }

    /** One policy on a round. */
    public static AdlOutcome of(
            AdlPolicy policy, AdlRequest request, Collection<AdlCandidate> candidates, Rate shock) {
        AdlPlan plan = policy.plan(request, candidates);
        Map<AccountId, AdlAllocation> given = new HashMap<>();
        plan.allocations().forEach(part -> given.put(part.account(), part));
        Tally tally = new Tally(shock);
        for (AdlCandidate candidate : candidates) {
            if (!candidate.isProfitable() || candidate.size().signum() != request.size().signum()) {
                continue;
            }
            AdlAllocation part = given.get(candidate.account());
            Quantity size = part == null ? Quantity.ZERO : part.size().abs();
            Money haircut = part == null ? Money.ZERO : part.pnlHaircut();
            Quantity kept = candidate.size().abs().minus(size);
            tally.gives(size.e8(), haircut, candidate.unrealizedPnl());
            tally.keeps(
                    request.prices().mark().times(kept, Rounding.CEILING),
                    candidate.equity().minus(haircut));
        }
        return new AdlOutcome(
                policy, plan.budget(), plan.taken(), plan.allocations().size(), tally.effects());
    }

    /** Every policy on the same event, in the order of the policies. */
    public static List<AdlOutcome> compare(AdlEvent event, Rate shock) {
        return Arrays.stream(AdlPolicy.values())
                .map(policy -> of(event.takenBy(policy), event.budget(), shock))
                .toList();
    }

    private static AdlOutcome of(AdlEvent.Result result, Money budget, Rate shock) {
        Tally tally = new Tally(shock);
        int winners = 0;
        for (int i = 0; i < result.taken().size(); i++) {
            Money taken = result.taken().get(i);
            AdlEvent.Account account = result.accounts().get(i);
            winners += taken.isPositive() ? 1 : 0;
            tally.gives(taken.e8(), taken, account.profit());
            tally.keeps(account.notionalAfter(taken), account.equity().minus(taken));
        }
        return new AdlOutcome(result.policy(), budget, result.total(), winners, tally.effects());
    }

    /** Sums and maxima over the winners; none of them depends on their order. */
    private static final class Tally {
        private final Rate shock;
        private Rate largestHaircut = Rate.ZERO;
        private long greatest;
        private long all;
        private OptionalLong leverage = OptionalLong.empty();
        private Money nextDeficit = Money.ZERO;
        private int negative;

        Tally(Rate shock) {
            this.shock = shock;
        }

        /** Units, money and profit, of which the money is given up; profit &gt; 0. */
        void gives(long units, Money haircut, Money profit) {
            all = Math.addExact(all, units);
            greatest = Math.max(greatest, units);
            Rate share = share(haircut.e8(), profit.e8());
            largestHaircut = share.compareTo(largestHaircut) > 0 ? share : largestHaircut;
        }

        void keeps(Money notional, Money equity) {
            if (equity.isNegative()) {
                negative++;
            }
            if (notional.isPositive() && equity.isPositive()) {
                leverage = OptionalLong.of(Math.max(ppm(notional, equity), leverage.orElse(0)));
            }
            Money loss = notional.times(shock, Rounding.CEILING);
            nextDeficit = nextDeficit.plus(loss.minus(equity).max(Money.ZERO));
        }

        /** Too great for 64 bits is shown as the greatest number. */
        private static long ppm(Money notional, Money equity) {
            boolean fits =
                    FixedPoint.compareProducts(
                                    notional.e8(),
                                    FixedPoint.ONE_PPM,
                                    equity.e8(),
                                    Long.MAX_VALUE - 1)
                            <= 0;
            return fits
                    ? FixedPoint.mulDiv(
                            notional.e8(), FixedPoint.ONE_PPM, equity.e8(), Rounding.CEILING)
                    : Long.MAX_VALUE;
        }

        private static Rate share(long part, long whole) {
            return new Rate(FixedPoint.mulDiv(part, FixedPoint.ONE_PPM, whole, Rounding.CEILING));
        }

        Effects effects() {
            return new Effects(
                    largestHaircut,
                    all == 0 ? Rate.ZERO : share(greatest, all),
                    leverage,
                    nextDeficit,
                    negative);
        }
    }
}

package io.delever.engine.deleveraging;

import io.delever.engine.account.AccountId;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a policy would do in one round, for comparison with others (ADLQ-045).
 *
 * @param plan who would be closed by how much
 * @param largestHaircut greatest share of its own profit that one winner gives up, rounded up
 * @param concentration share of the closed size that the most affected winner gives, rounded up;
 *     zero where nothing is closed
 * @param leverageAfterPpm greatest notional ÷ equity of this position among all winners after the
 *     round, rounded up; empty where nobody has a position left
 * @param nextDeficit what all winners together would lack after the round if the price moved
 *     against them by the shock
 * @param negativeAfter winners whose equity would be below zero after the round
 */
public record AdlOutcome(
        AdlPlan plan,
        Rate largestHaircut,
        Rate concentration,
        OptionalLong leverageAfterPpm,
        Money nextDeficit,
        int negativeAfter) {

    /** What was taken beyond the budget, ≥ 0. */
    public Money overshoot() {
        return plan.taken().minus(plan.budget()).max(Money.ZERO);
    }

    /** What the winners' limits did not allow of the budget, ≥ 0. */
    public Money missing() {
        return plan.budget().minus(plan.taken()).max(Money.ZERO);
    }

    /** Every policy on the same round, in the order of the policies. */
    public static List<AdlOutcome> compare(
            AdlRequest request, Collection<AdlCandidate> candidates, Rate shock) {
        return Arrays.stream(AdlPolicy.values())
                .map(policy -> of(policy.plan(request, candidates), request, candidates, shock))
                .toList();
    }

    /** The figures of a plan. */
    public static AdlOutcome of(
            AdlPlan plan, AdlRequest request, Collection<AdlCandidate> candidates, Rate shock) {
        Map<AccountId, AdlAllocation> given = new HashMap<>();
        plan.allocations().forEach(part -> given.put(part.account(), part));
        Tally tally = new Tally(request.prices().mark(), shock);
        for (AdlCandidate candidate : candidates) {
            if (candidate.isProfitable() && candidate.size().signum() == request.size().signum()) {
                tally.add(candidate, given.get(candidate.account()));
            }
        }
        return tally.outcome(plan);
    }

    /** Sums and maxima over the winners; none of them depends on their order. */
    private static final class Tally {
        private final Price mark;
        private final Rate shock;
        private Rate largestHaircut = Rate.ZERO;
        private Quantity greatestSize = Quantity.ZERO;
        private Quantity closed = Quantity.ZERO;
        private OptionalLong leverage = OptionalLong.empty();
        private Money nextDeficit = Money.ZERO;
        private int negative;

        Tally(Price mark, Rate shock) {
            this.mark = mark;
            this.shock = shock;
        }

        void add(AdlCandidate winner, @Nullable AdlAllocation part) {
            Quantity size = part == null ? Quantity.ZERO : part.size().abs();
            Money haircut = part == null ? Money.ZERO : part.pnlHaircut();
            closed = closed.plus(size);
            greatestSize = size.compareTo(greatestSize) > 0 ? size : greatestSize;
            Rate share =
                    new Rate(
                            FixedPoint.mulDiv(
                                    haircut.e8(),
                                    FixedPoint.ONE_PPM,
                                    winner.unrealizedPnl().e8(),
                                    Rounding.CEILING));
            largestHaircut = share.compareTo(largestHaircut) > 0 ? share : largestHaircut;
            Money equity = winner.equity().minus(haircut);
            Money notional = mark.times(winner.size().abs().minus(size), Rounding.CEILING);
            if (equity.isNegative()) {
                negative++;
            }
            if (!notional.isZero() && equity.isPositive()) {
                raiseLeverage(notional, equity);
            }
            Money loss = notional.times(shock, Rounding.CEILING);
            nextDeficit = nextDeficit.plus(loss.minus(equity).max(Money.ZERO));
        }

        private void raiseLeverage(Money notional, Money equity) {
            boolean fits =
                    FixedPoint.compareProducts(
                                    notional.e8(),
                                    FixedPoint.ONE_PPM,
                                    equity.e8(),
                                    Long.MAX_VALUE - 1)
                            <= 0;
            long ppm =
                    fits
                            ? FixedPoint.mulDiv(
                                    notional.e8(),
                                    FixedPoint.ONE_PPM,
                                    equity.e8(),
                                    Rounding.CEILING)
                            : Long.MAX_VALUE;
            leverage = OptionalLong.of(Math.max(ppm, leverage.orElse(0)));
        }

        AdlOutcome outcome(AdlPlan plan) {
            Rate concentration =
                    closed.isZero()
                            ? Rate.ZERO
                            : new Rate(
                                    FixedPoint.mulDiv(
                                            greatestSize.e8(),
                                            FixedPoint.ONE_PPM,
                                            closed.e8(),
                                            Rounding.CEILING));
            return new AdlOutcome(
                    plan, largestHaircut, concentration, leverage, nextDeficit, negative);
        }
    }
}

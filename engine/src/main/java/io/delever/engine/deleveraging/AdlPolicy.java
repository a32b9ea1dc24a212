package io.delever.engine.deleveraging;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rounding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * How the size of a bankrupt position is shared among the profitable accounts on the other side.
 * Every policy is a {@link SharingRule}; a market is configured with one of them (ADLQ-040).
 */
public enum AdlPolicy {
    /** From the top of the queue, each up to its cap (ADLQ-009). */
    QUEUE,
    /** In proportion to profit; what exceeds a cap is not given by others (ADLQ-041). */
    PRO_RATA,
    /** In proportion to profit, by water-filling under the caps (ADLQ-005). */
    CAPPED_PRO_RATA,
    /** In proportion to notional × leverage, by water-filling under the caps (ADLQ-042). */
    RISK_AWARE_PRO_RATA,
    /** From the highest leverage of this position downwards (ADLQ-043). */
    MINIMAX_LEVERAGE,
    /** The same by the leverage of the whole account, in which hedges offset (ADLQ-044). */
    MINIMAX_FACTOR_LEVERAGE;

    /** How this policy shares the units of a round. */
    SharingRule rule() {
        return switch (this) {
            case QUEUE -> round -> Shares.inOrder(round.units(), round.caps());
            case PRO_RATA ->
                    round ->
                            Shares.proportional(
                                    round.units(), round.profits(), round.caps(), round.ties());
            case CAPPED_PRO_RATA ->
                    round ->
                            Shares.waterFilling(
                                    round.units(), round.profits(), round.caps(), round.ties());
            case RISK_AWARE_PRO_RATA ->
                    round ->
                            Shares.waterFilling(
                                    round.units(), round.riskWeights(), round.caps(), round.ties());
            case MINIMAX_LEVERAGE -> round -> drain(round, round.leverage());
            case MINIMAX_FACTOR_LEVERAGE -> round -> drain(round, round.factorLeverage());
        };
    }

    private static long[] drain(SharingRule.Round round, LeverageDraining.Holders holders) {
        return LeverageDraining.share(
                round.units(), holders, round.unitExposure(), round.caps(), round.ties());
    }

    /**
     * Plans one round. The order of the candidates does not matter (ADLQ-007); those without
     * profit, without equity or on the same side as the bankrupt account are left out (ADLQ-001).
     */
    public AdlPlan plan(AdlRequest request, Collection<AdlCandidate> candidates) {
        AdlRound round = AdlRound.of(request, candidates);
        return assemble(round, rule().share(round));
    }

    private AdlPlan assemble(AdlRound round, long[] shares) {
        AdlRequest request = round.request();
        List<AdlAllocation> allocations = new ArrayList<>();
        Money taken = Money.ZERO;
        long left = round.units();
        for (int i = 0; i < shares.length; i++) {
            if (shares[i] == 0) {
                continue;
            }
            long sizeE8 = FixedPoint.mulDiv(shares[i], request.lot().e8(), 1, Rounding.DOWN);
            Money haircut = request.haircutOf(sizeE8);
            Quantity unsigned = new Quantity(sizeE8);
            Quantity fill = request.size().signum() < 0 ? unsigned : unsigned.negate();
            allocations.add(new AdlAllocation(round.queue().get(i).account(), fill, haircut));
            taken = taken.plus(haircut);
            left -= shares[i];
        }
        Quantity unallocated =
                new Quantity(FixedPoint.mulDiv(left, request.lot().e8(), 1, Rounding.DOWN));
        return new AdlPlan(name(), allocations, unallocated, request.budget(), taken);
    }
}

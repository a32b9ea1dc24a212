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
 */
public enum AdlPolicy {
    /** From the top of the queue, each up to its cap (ADLQ-009). */
    QUEUE,
    /** In proportion to profit, by water-filling under the caps (ADLQ-005). */
    CAPPED_PRO_RATA;

    /**
     * Plans one round. The order of the candidates does not matter (ADLQ-007); those without
     * profit, without equity or on the same side as the bankrupt account are left out (ADLQ-001).
     */
    public AdlPlan plan(AdlRequest request, Collection<AdlCandidate> candidates) {
        List<AdlCandidate> queue =
                AdlQueue.rank(candidates).stream()
                        .filter(c -> c.size().signum() == request.size().signum())
                        .toList();
        long[] weights = queue.stream().mapToLong(c -> c.unrealizedPnl().e8()).toArray();
        long[] caps = queue.stream().mapToLong(c -> capLots(request, c)).toArray();
        long lots = request.lotsToClose();
        long[] shares =
                switch (this) {
                    case QUEUE -> Shares.inOrder(lots, caps);
                    case CAPPED_PRO_RATA ->
                            Shares.waterFilling(
                                    lots,
                                    weights,
                                    caps,
                                    (i, j) ->
                                            queue.get(i)
                                                    .account()
                                                    .compareTo(queue.get(j).account()));
                };
        return assemble(request, queue, shares);
    }

    private AdlPlan assemble(AdlRequest request, List<AdlCandidate> queue, long[] shares) {
        List<AdlAllocation> allocations = new ArrayList<>();
        Money taken = Money.ZERO;
        long left = request.lotsToClose();
        for (int i = 0; i < shares.length; i++) {
            if (shares[i] == 0) {
                continue;
            }
            long sizeE8 = Math.multiplyExact(shares[i], request.lot().e8());
            Money haircut = request.haircutOf(sizeE8);
            Quantity unsigned = new Quantity(sizeE8);
            Quantity fill = request.size().signum() < 0 ? unsigned : unsigned.negate();
            allocations.add(new AdlAllocation(queue.get(i).account(), fill, haircut));
            taken = taken.plus(haircut);
            left -= shares[i];
        }
        Quantity unallocated = new Quantity(Math.multiplyExact(left, request.lot().e8()));
        return new AdlPlan(name(), allocations, unallocated, request.budget(), taken);
    }

    /** Whole lots that this winner may give: by its size and by its profit (ADLQ-004). */
    private static long capLots(AdlRequest request, AdlCandidate candidate) {
        long bySize =
                FixedPoint.mulDiv(
                        candidate.size().abs().e8(), 1, request.lot().e8(), Rounding.FLOOR);
        Money perLot = request.haircutOf(request.lot().e8());
        if (perLot.signum() == 0) {
            return bySize;
        }
        Money cap = candidate.unrealizedPnl().times(request.limits().profitCap(), Rounding.FLOOR);
        return Math.min(bySize, FixedPoint.mulDiv(cap.e8(), 1, perLot.e8(), Rounding.FLOOR));
    }
}

package io.delever.engine.deleveraging;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import java.util.Collection;
import java.util.List;

/** One round of auto-deleveraging in one market; its units are lots. */
final class AdlRound implements SharingRule.Round {
    /** Leverage counts up to this in weights, so that a tiny equity outweighs nobody else. */
    static final Rate GREATEST_LEVERAGE = new Rate(1_000 * FixedPoint.ONE_PPM);

    private final AdlRequest request;
    private final List<AdlCandidate> queue;
    private final long[] caps;

    private AdlRound(AdlRequest request, List<AdlCandidate> queue) {
        this.request = request;
        this.queue = queue;
        caps = queue.stream().mapToLong(c -> capLots(request, c)).toArray();
    }

    static AdlRound of(AdlRequest request, Collection<AdlCandidate> candidates) {
        int side = request.size().signum();
        return new AdlRound(
                request,
                AdlQueue.rank(candidates.stream().filter(c -> c.size().signum() == side).toList()));
    }

    AdlRequest request() {
        return request;
    }

    /** The winners on the other side, in the order of the queue. */
    List<AdlCandidate> queue() {
        return queue;
    }

    @Override
    public long[] caps() {
        return caps;
    }

    @Override
    public long units() {
        return request.lotsToClose();
    }

    @Override
    public long[] profits() {
        return queue.stream().mapToLong(c -> c.unrealizedPnl().e8()).toArray();
    }

    /** Notional × leverage ÷ the greatest leverage that counts, at least one unit (ADLQ-042). */
    @Override
    public long[] riskWeights() {
        return queue.stream().mapToLong(c -> riskWeight(notionalOf(c), c.equity())).toArray();
    }

    /** The weight of one holder; equity &gt; 0. */
    static long riskWeight(Money ofNotional, Money ofEquity) {
        long notional = ofNotional.e8();
        long equity = ofEquity.e8();
        boolean isGreatest =
                FixedPoint.compareProducts(
                                notional, FixedPoint.ONE_PPM, equity, GREATEST_LEVERAGE.ppm())
                        >= 0;
        if (isGreatest) {
            return Math.max(1, notional);
        }
        long leverage = FixedPoint.mulDiv(notional, FixedPoint.ONE_PPM, equity, Rounding.CEILING);
        return Math.max(
                1,
                FixedPoint.mulDiv(notional, leverage, GREATEST_LEVERAGE.ppm(), Rounding.CEILING));
    }

    /** What each stands to lose by this position alone. */
    @Override
    public LeverageDraining.Holders leverage() {
        return new LeverageDraining.Holders(
                queue.stream().mapToLong(c -> notionalOf(c).e8()).toArray(), equities());
    }

    /** What each stands to lose by all of its positions together, hedges offset. */
    @Override
    public LeverageDraining.Holders factorLeverage() {
        int side = request.size().signum();
        long[] exposures =
                queue.stream()
                        .mapToLong(
                                c -> {
                                    Money other =
                                            side < 0
                                                    ? c.otherExposure().negate()
                                                    : c.otherExposure();
                                    return notionalOf(c).plus(other).e8();
                                })
                        .toArray();
        return new LeverageDraining.Holders(exposures, equities());
    }

    /** Notional of one lot at mark, rounded up, at least one unit. */
    @Override
    public long unitExposure() {
        return Math.max(1, request.prices().mark().times(request.lot(), Rounding.CEILING).e8());
    }

    /** Ties go to the smaller account id. */
    @Override
    public Shares.PlaceOrder ties() {
        return (i, j) -> queue.get(i).account().compareTo(queue.get(j).account());
    }

    private long[] equities() {
        return queue.stream().mapToLong(c -> c.equity().e8()).toArray();
    }

    private Money notionalOf(AdlCandidate candidate) {
        return request.prices().mark().times(candidate.size().abs(), Rounding.CEILING);
    }

    /**
     * Whole lots that this winner may give: by its size, its profit and its equity (ADLQ-004,
     * ADLQ-047).
     */
    private static long capLots(AdlRequest request, AdlCandidate candidate) {
        long bySize =
                FixedPoint.mulDiv(
                        candidate.size().abs().e8(), 1, request.lot().e8(), Rounding.FLOOR);
        Money perLot = request.haircutOf(request.lot().e8());
        if (perLot.signum() == 0) {
            return bySize;
        }
        Money cap =
                candidate
                        .unrealizedPnl()
                        .times(request.limits().profitCap(), Rounding.FLOOR)
                        .min(candidate.equity());
        return Math.min(bySize, FixedPoint.mulDiv(cap.e8(), 1, perLot.e8(), Rounding.FLOOR));
    }
}

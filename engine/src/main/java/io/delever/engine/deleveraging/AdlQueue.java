package io.delever.engine.deleveraging;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Rounding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The order in which accounts would be auto-deleveraged (ADLQ-002). */
public final class AdlQueue {
    /** Greatest profit ÷ equity first, by exact cross-multiplication; ties by account id. */
    public static final Comparator<AdlCandidate> RANK =
            ((Comparator<AdlCandidate>)
                            (a, b) ->
                                    FixedPoint.compareProducts(
                                            b.unrealizedPnl().e8(),
                                            a.equity().e8(),
                                            a.unrealizedPnl().e8(),
                                            b.equity().e8()))
                    .thenComparing(AdlCandidate::account);

    private static final int FIFTHS = 5;

    private AdlQueue() {}

    /** The candidates that may be asked, in the order in which they would be. */
    public static List<AdlCandidate> rank(Collection<AdlCandidate> candidates) {
        List<AdlCandidate> asked = candidates.stream().filter(AdlCandidate::isProfitable).toList();
        long[] profits = asked.stream().mapToLong(c -> -c.unrealizedPnl().e8()).toArray();
        long[] equities = asked.stream().mapToLong(c -> c.equity().e8()).toArray();
        int[] order =
                RatioOrder.ascending(
                        profits,
                        equities,
                        (i, j) -> asked.get(i).account().compareTo(asked.get(j).account()));
        return Arrays.stream(order).mapToObj(asked::get).toList();
    }

    /**
     * How far down the queue each candidate stands, in fifths of the size in the queue, rounded up:
     * 20 is the first to be asked, 100 the last (ADLQ-020).
     *
     * @param queue in the order of the queue, sizes not 0
     * @return 20, 40, 60, 80 or 100 for each
     */
    public static List<Integer> percentiles(List<AdlCandidate> queue) {
        long total = 0;
        for (AdlCandidate candidate : queue) {
            total = Math.addExact(total, candidate.size().abs().e8());
        }
        List<Integer> percentiles = new ArrayList<>(queue.size());
        long upTo = 0;
        for (AdlCandidate candidate : queue) {
            upTo += candidate.size().abs().e8();
            long fifth = FixedPoint.mulDiv(upTo, FIFTHS, total, Rounding.CEILING);
            percentiles.add((int) (fifth * 100 / FIFTHS));
        }
        return List.copyOf(percentiles);
    }
}

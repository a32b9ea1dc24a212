package io.delever.engine.deleveraging;

import io.delever.engine.money.FixedPoint;
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

    private AdlQueue() {}

    /** The candidates that may be asked, in the order in which they would be. */
    public static List<AdlCandidate> rank(Collection<AdlCandidate> candidates) {
        return candidates.stream().filter(AdlCandidate::isProfitable).sorted(RANK).toList();
    }
}

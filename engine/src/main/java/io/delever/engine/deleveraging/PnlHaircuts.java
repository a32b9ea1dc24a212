package io.delever.engine.deleveraging;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import java.util.Arrays;
import java.util.List;

/**
 * Money haircuts on profit: what each winner would give of a budget, without regard to sizes and
 * lots (ADLQ-011). Used to compare policies; a real round closes positions ({@link AdlPolicy}).
 */
public final class PnlHaircuts {
    private PnlHaircuts() {}

    /** Severity × uncovered deficit, rounded up (ADLQ-003); {@code deficit} ≥ 0. */
    public static Money budget(Money deficit, Rate severity) {
        return deficit.times(severity, Rounding.CEILING);
    }

    /**
     * The same share of profit from everybody, at most {@code cap} of each profit.
     *
     * @param profits one per account in the order of account ids; those that are not positive give
     *     nothing
     * @return one haircut per account, ≥ 0
     */
    public static List<Money> proRata(Money budget, List<Money> profits, Rate cap) {
        long[] positive = profits.stream().mapToLong(Money::e8).filter(e8 -> e8 > 0).toArray();
        long[] caps = Arrays.stream(positive).map(e8 -> capOf(e8, cap)).toArray();
        long[] shares = Shares.waterFilling(budget.e8(), positive, caps, Integer::compare);
        Money[] haircuts = new Money[profits.size()];
        int next = 0;
        for (int i = 0; i < haircuts.length; i++) {
            haircuts[i] = profits.get(i).signum() > 0 ? new Money(shares[next++]) : Money.ZERO;
        }
        return List.of(haircuts);
    }

    /**
     * From the first account up to {@code cap} of its profit, then from the next.
     *
     * @param profits in the order of the queue; those that are not positive give nothing
     * @return one haircut per account in the same order, ≥ 0
     */
    public static List<Money> inOrder(Money budget, List<Money> profits, Rate cap) {
        long[] caps = profits.stream().mapToLong(p -> capOf(Math.max(0, p.e8()), cap)).toArray();
        return Arrays.stream(Shares.inOrder(budget.e8(), caps)).mapToObj(Money::new).toList();
    }

    private static long capOf(long profitE8, Rate cap) {
        return FixedPoint.mulDiv(profitE8, cap.ppm(), FixedPoint.ONE_PPM, Rounding.FLOOR);
    }
}

package io.delever.engine.margin;

import io.delever.engine.money.Ratio;
import java.util.Collection;

/**
 * Prices of venues without a book, which move with the skew between longs and shorts (MARG-088,
 * MARG-089; RULES §4). Exact.
 */
public final class SkewPricing {
    private SkewPricing() {}

    /**
     * price × (1 + skew ÷ scale).
     *
     * @param skew size of longs less size of shorts
     * @param scale size at which the premium is 100 %, above 0
     */
    public static Ratio adjusted(Ratio price, Ratio skew, Ratio scale) {
        return price.times(Ratio.ONE.plus(skew.dividedBy(scale)));
    }

    /** The mean of the adjusted prices before and after a trade of this signed size (MARG-088). */
    public static Ratio fill(Ratio price, Ratio size, Ratio skew, Ratio scale) {
        Ratio before = adjusted(price, skew, scale);
        Ratio after = adjusted(price, skew.plus(size), scale);
        return before.plus(after).dividedBy(Ratio.of(2));
    }

    /** size × (price − price at which it was filled) (MARG-089). */
    public static Ratio profit(Ratio size, Ratio filledAt, Ratio price) {
        return size.times(price.minus(filledAt));
    }

    /** collateral + profits, never below 0 (MARG-089). */
    public static Ratio availableMargin(Ratio collateral, Collection<Ratio> profits) {
        return profits.stream().reduce(collateral, Ratio::plus).max(Ratio.ZERO);
    }
}

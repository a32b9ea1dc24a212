package io.delever.engine.margin;

import io.delever.engine.money.Ratio;
import java.util.Optional;

/**
 * Requirements from a slippage and a risk factor, as venues state them that have no tiers
 * (MARG-075, MARG-076; RULES §4). Exact; whoever requires an amount rounds it.
 */
public final class RiskFactorMargin {
    private RiskFactorMargin() {}

    /** mark × |size| × (slippage + risk factor) (MARG-075). */
    public static Ratio maintenance(Ratio mark, Ratio size, Ratio slippage, Ratio riskFactor) {
        return mark.times(size.abs()).times(slippage.plus(riskFactor));
    }

    /**
     * What an order needs during an opening auction: |size| × price × risk factor, at the
     * indicative price where there is one, because that is where it would trade (MARG-076).
     */
    public static Ratio inOpeningAuction(
            Ratio size, Ratio limit, Optional<Ratio> indicative, Ratio riskFactor) {
        return maintenance(indicative.orElse(limit), size, Ratio.ZERO, riskFactor);
    }
}

package io.delever.engine.liquidation;

import io.delever.engine.money.Ratio;
import io.delever.engine.money.Rounding;
import java.util.Optional;

/**
 * How much of a borrowed asset a liquidator takes over, and for how much collateral (LIQD-120 to
 * LIQD-122; RULES §8). Exact unless said.
 */
public final class LiabilityTransfer {
    private static final long WEIGHT_UNITS = 100_000;

    private LiabilityTransfer() {}

    /**
     * Bonus and malus of a transfer.
     *
     * @param asset multiplier on the collateral that is handed over, at least 1
     * @param liability multiplier on the debt that is taken over, at most 1
     */
    public record Multipliers(Ratio asset, Ratio liability) {
        Ratio bonus() {
            return asset.dividedBy(liability);
        }
    }

    /**
     * Weights in a margin test.
     *
     * @param asset of the collateral, below 1
     * @param liability of the debt, above 1
     */
    public record Weights(Ratio asset, Ratio liability) {}

    /**
     * The debt whose transfer covers a shortage (LIQD-120): shortage ÷ [price × (liability weight −
     * asset weight × bonus − insurance fee × liability weight)], the weighted asset rounded down to
     * 10⁻⁵. Empty where a transfer frees nothing.
     *
     * @param shortage at least 0
     * @param price of the debt's asset, above 0
     * @param insuranceFee share of the debt
     */
    public static Optional<Ratio> toCover(
            Ratio shortage,
            Ratio price,
            Weights weights,
            Multipliers multipliers,
            Ratio insuranceFee) {
        Ratio asset =
                weights.asset().times(multipliers.bonus()).rounded(WEIGHT_UNITS, Rounding.DOWN);
        Ratio freed = weights.liability().times(Ratio.ONE.minus(insuranceFee)).minus(asset);
        return freed.signum() <= 0
                ? Optional.empty()
                : Optional.of(shortage.dividedBy(price.times(freed)));
    }

    /** The debt that so much collateral pays for (LIQD-121): value ÷ bonus ÷ price of the debt. */
    public static Ratio impliedLiability(
            Ratio assetValue, Multipliers multipliers, Ratio liabilityPrice) {
        return assetValue.dividedBy(multipliers.bonus()).dividedBy(liabilityPrice);
    }

    /** The collateral handed over for a debt (LIQD-122): value of the debt × bonus ÷ price. */
    public static Ratio assetFor(
            Ratio liability, Ratio liabilityPrice, Ratio assetPrice, Multipliers multipliers) {
        return liability.times(liabilityPrice).times(multipliers.bonus()).dividedBy(assetPrice);
    }
}

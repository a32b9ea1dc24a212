package io.delever.simulation.scenario;

import io.delever.engine.market.AssetId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Rate;
import java.util.List;

/**
 * The distributions from which accounts are drawn. Equity is Pareto: minimum × U^(−1/shape), cut at
 * the maximum. Leverage is lognormal: median × e^(sigma × N), cut at both ends, and lowered further
 * until the account's initial margin is at most {@code initialMarginUse} of its adjusted equity.
 *
 * @param accounts number of accounts, at least 1
 * @param equityMinimum smallest equity, in the unit of account
 * @param equityShapePpm the Pareto exponent × 10⁶
 * @param equityMaximum greatest equity
 * @param leverageMedianPpm median leverage × 10⁶
 * @param leverageSigmaPpm standard deviation of the logarithm of leverage × 10⁶
 * @param leverageMinimumPpm least leverage × 10⁶
 * @param leverageMaximumPpm greatest leverage × 10⁶
 * @param longShare probability that a position is long
 * @param maxPositions positions of an account are 1 to this, each number as likely
 * @param entrySpread entry prices lie uniformly within this of the opening price
 * @param initialMarginUse greatest share of adjusted equity that initial margin takes at the start
 * @param collateral who brings other assets than the unit of account
 */
public record PopulationSpec(
        int accounts,
        Money equityMinimum,
        long equityShapePpm,
        Money equityMaximum,
        long leverageMedianPpm,
        long leverageSigmaPpm,
        long leverageMinimumPpm,
        long leverageMaximumPpm,
        Rate longShare,
        int maxPositions,
        Rate entrySpread,
        Rate initialMarginUse,
        List<CollateralSpec> collateral) {
    /** Copies the list. */
    public PopulationSpec {
        collateral = List.copyOf(collateral);
    }

    /**
     * A group of accounts that brings another asset.
     *
     * @param asset the asset
     * @param accountShare probability that an account belongs to the group
     * @param equityShare share of its equity that it brings in the asset
     */
    public record CollateralSpec(AssetId asset, Rate accountShare, Rate equityShare) {}

    /** The same distributions with another number of accounts. */
    public PopulationSpec withAccounts(int number) {
        return new PopulationSpec(
                number,
                equityMinimum,
                equityShapePpm,
                equityMaximum,
                leverageMedianPpm,
                leverageSigmaPpm,
                leverageMinimumPpm,
                leverageMaximumPpm,
                longShare,
                maxPositions,
                entrySpread,
                initialMarginUse,
                collateral);
    }
}

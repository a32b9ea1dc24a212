package io.delever.engine.market;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Rate;
import java.util.Optional;

/**
 * A collateral asset (MKTS-005).
 *
 * @param haircut share of a positive balance that is not counted as collateral, less than 100 %; a
 *     negative balance is marked up by it
 * @param pricedBy the instrument whose index price values it; empty for the unit of account, which
 *     is worth 1 and has no haircut
 * @param terms what makes it count for less; none for the unit of account
 */
public record Asset(
        AssetId id, Rate haircut, Optional<InstrumentId> pricedBy, CollateralTerms terms) {
    /** An asset with a flat haircut. */
    public Asset(AssetId id, Rate haircut, Optional<InstrumentId> pricedBy) {
        this(id, haircut, pricedBy, CollateralTerms.FLAT);
    }

    /** Refuses parameters out of range with an {@link IllegalArgumentException}. */
    public Asset {
        if (haircut.ppm() >= FixedPoint.ONE_PPM) {
            throw new IllegalArgumentException(
                    "haircut of asset " + id + " must be < 1000000 ppm, is " + haircut.ppm());
        }
        if (pricedBy.isEmpty() && haircut.ppm() != 0) {
            throw new IllegalArgumentException(
                    "the unit of account " + id + " has no haircut, given " + haircut.ppm());
        }
        if (pricedBy.isEmpty() && !terms.isFlat()) {
            throw new IllegalArgumentException(
                    "the unit of account " + id + " has no collateral terms");
        }
        if (!terms.tiers().isEmpty() && terms.tiers().getFirst().haircut().compareTo(haircut) < 0) {
            throw new IllegalArgumentException(
                    "haircuts of asset "
                            + id
                            + " must ascend from "
                            + haircut
                            + ", the first tier has "
                            + terms.tiers().getFirst().haircut());
        }
    }

    /** Whether it is worth 1 by definition. */
    public boolean isUnitOfAccount() {
        return pricedBy.isEmpty();
    }
}

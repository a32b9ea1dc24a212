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
 */
public record Asset(AssetId id, Rate haircut, Optional<InstrumentId> pricedBy) {
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
    }

    /** Whether it is worth 1 by definition. */
    public boolean isUnitOfAccount() {
        return pricedBy.isEmpty();
    }
}

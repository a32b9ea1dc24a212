package io.delever.engine.margin;

import io.delever.engine.account.AdmittedRange;
import io.delever.engine.market.Asset;
import io.delever.engine.market.CollateralTerms;
import io.delever.engine.market.CollateralTerms.HaircutTier;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an amount of an asset counts for in a margin test (MARG-007, MARG-103 to MARG-106): haircut
 * by tier of amount, cap, buffers around the index, a broken peg; a debt is valued above the index
 * and marked up.
 */
final class CollateralRule {
    private CollateralRule() {}

    /**
     * The adjusted value in the unit of account, × 10⁸, rounded toward −∞; empty where it is beyond
     * the admitted range.
     *
     * @param amount in the asset, within the admitted range
     * @param index of the asset, admitted; 1 for the unit of account
     */
    static OptionalLong adjusted(Asset asset, Money amount, Price index) {
        CollateralTerms terms = asset.terms();
        Rate haircut = asset.haircut();
        if (amount.isNegative()) {
            long counted = FixedPoint.ONE_PPM + terms.askBuffer().ppm();
            return scaled(amount, index, counted)
                    .filter(value -> HaircutRule.isWithinRange(value, haircut))
                    .map(value -> OptionalLong.of(HaircutRule.adjustedE8(value, haircut)))
                    .orElseGet(OptionalLong::empty);
        }
        if (terms.isFlat()) {
            return scaled(amount, index, FixedPoint.ONE_PPM)
                    .map(value -> OptionalLong.of(HaircutRule.adjustedE8(value, haircut)))
                    .orElseGet(OptionalLong::empty);
        }
        Rate pegLoss = terms.peg().map(peg -> peg.added(index)).orElse(Rate.ZERO);
        Money counted = counted(asset, amount, pegLoss);
        return scaled(counted, index, FixedPoint.ONE_PPM - terms.bidBuffer().ppm())
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    /** The part of the amount that counts: each tier's part less its haircut, up to the cap. */
    private static Money counted(Asset asset, Money amount, Rate pegLoss) {
        Money rest = asset.terms().cap().map(amount::min).orElse(amount);
        Money floor = Money.ZERO;
        Rate haircut = asset.haircut();
        Money counted = Money.ZERO;
        for (HaircutTier tier : asset.terms().tiers()) {
            Money ceiling = rest.min(tier.floor());
            counted = counted.plus(part(ceiling.minus(floor).max(Money.ZERO), haircut, pegLoss));
            floor = tier.floor();
            haircut = tier.haircut();
        }
        return counted.plus(part(rest.minus(floor).max(Money.ZERO), haircut, pegLoss));
    }

    private static Money part(Money amount, Rate haircut, Rate pegLoss) {
        long taken = Math.min(FixedPoint.ONE_PPM, haircut.ppm() + pegLoss.ppm());
        return amount.times(new Rate(FixedPoint.ONE_PPM - taken), Rounding.FLOOR);
    }

    /** Amount × index × share, rounded toward −∞ twice. */
    private static Optional<Long> scaled(Money amount, Price index, long sharePpm) {
        if (!AdmittedRange.isValueWithin(amount.e8(), index.e8(), AdmittedRange.MAX_AMOUNT_E8)) {
            return Optional.empty();
        }
        long value = FixedPoint.mulDiv(amount.e8(), index.e8(), FixedPoint.ONE_E8, Rounding.FLOOR);
        return Optional.of(FixedPoint.mulDiv(value, sharePpm, FixedPoint.ONE_PPM, Rounding.FLOOR));
    }
}

package io.delever.engine.market;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import java.util.List;
import java.util.Optional;

/**
 * What makes a balance count for less than its flat haircut says (MKTS-011).
 *
 * @param tiers haircuts of the parts of an amount above their floors, ascending; the asset's own
 *     haircut holds below the first
 * @param cap amount above which nothing counts; empty where there is no cap
 * @param bidBuffer share below the index at which a balance is valued, less than 100 %
 * @param askBuffer share above the index at which a debt is valued, at most 100 %
 * @param peg what a stablecoin below its peg loses; empty for other assets
 */
public record CollateralTerms(
        List<HaircutTier> tiers,
        Optional<Money> cap,
        Rate bidBuffer,
        Rate askBuffer,
        Optional<Peg> peg) {
    /** Greatest number of tiers. */
    public static final int MAX_TIERS = 64;

    private static final long MAX_FACTOR_PPM = 1_000_000_000;

    /** Only the flat haircut counts. */
    public static final CollateralTerms FLAT =
            new CollateralTerms(
                    List.of(), Optional.empty(), Rate.ZERO, Rate.ZERO, Optional.empty());

    /**
     * A haircut of the part of an amount above a floor.
     *
     * @param floor amount of the asset, greater than 0
     * @param haircut at most 100 %
     */
    public record HaircutTier(Money floor, Rate haircut) {}

    /**
     * A peg that is watched.
     *
     * @param threshold index price below which it counts as broken
     * @param factor haircut added for each whole unit of price below the threshold
     */
    public record Peg(Price threshold, Rate factor) {
        /** Factor × (threshold − index), rounded up; nothing at and above the threshold. */
        public Rate added(Price index) {
            if (index.compareTo(threshold) >= 0) {
                return Rate.ZERO;
            }
            long below = threshold.e8() - index.e8();
            return new Rate(
                    FixedPoint.mulDiv(below, factor.ppm(), FixedPoint.ONE_E8, Rounding.CEILING));
        }
    }

    /** Refuses terms out of range or order with an {@link IllegalArgumentException}. */
    public CollateralTerms {
        tiers = List.copyOf(tiers);
        if (tiers.size() > MAX_TIERS) {
            throw new IllegalArgumentException(
                    "at most " + MAX_TIERS + " haircut tiers, given " + tiers.size());
        }
        Money before = Money.ZERO;
        Rate least = Rate.ZERO;
        for (HaircutTier tier : tiers) {
            if (tier.floor().compareTo(before) <= 0 || tier.haircut().compareTo(least) < 0) {
                throw new IllegalArgumentException(
                        "haircut tiers must ascend, floor "
                                + tier.floor()
                                + " at "
                                + tier.haircut()
                                + " follows "
                                + before
                                + " at "
                                + least);
            }
            before = tier.floor();
            least = tier.haircut();
        }
        require(least.compareTo(Rate.ONE) <= 0, "a haircut is at most 1, is " + least);
        require(cap.filter(Money::isNegative).isEmpty(), "a cap must be >= 0");
        require(bidBuffer.compareTo(Rate.ONE) < 0, "a bid buffer is below 1, is " + bidBuffer);
        require(askBuffer.compareTo(Rate.ONE) <= 0, "an ask buffer is at most 1, is " + askBuffer);
        require(
                peg.filter(one -> one.factor().ppm() > MAX_FACTOR_PPM).isEmpty(),
                "the factor of a peg is at most 1000");
    }

    /** Whether only the flat haircut counts. */
    public boolean isFlat() {
        return equals(FLAT);
    }

    private static void require(boolean holds, String why) {
        if (!holds) {
            throw new IllegalArgumentException(why);
        }
    }
}

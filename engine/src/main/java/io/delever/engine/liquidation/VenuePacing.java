package io.delever.engine.liquidation;

import io.delever.engine.money.Ratio;
import io.delever.engine.money.Rounding;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast, at what price and for what fee other venues let a liquidation run (LIQD-100 to
 * LIQD-104; RULES §8). Exact unless said.
 */
public final class VenuePacing {
    private VenuePacing() {}

    /**
     * The worst price that a liquidation order may fill at: (notional − adjustment × spread ×
     * maintenance) ÷ size (LIQD-100).
     *
     * @param size signed, not 0
     * @param price index price of the market
     * @param maintenance requirement of the position, at least 0
     * @param account what the account has and needs in all
     * @param terms how far below the index it may go
     */
    public static Ratio fillablePrice(
            Ratio size, Ratio price, Ratio maintenance, AccountTotals account, FillTerms terms) {
        Ratio spread =
                account.shortness(terms.bankruptcyAdjustment())
                        .times(terms.spreadToMaintenance())
                        .times(maintenance);
        return size.times(price).minus(spread).dividedBy(size);
    }

    /**
     * What an account has and needs.
     *
     * @param equity total net collateral
     * @param maintenance total requirement, above 0
     */
    public record AccountTotals(Ratio equity, Ratio maintenance) {
        private Ratio shortness(Ratio adjustment) {
            Ratio missing = Ratio.ONE.minus(equity.dividedBy(maintenance));
            return adjustment.times(missing).clamp(Ratio.ZERO, Ratio.ONE);
        }
    }

    /**
     * How far a fill may go beyond the index.
     *
     * @param bankruptcyAdjustment how quickly the price falls as equity does, at least 1
     * @param spreadToMaintenance share of the requirement that is given up at most
     */
    public record FillTerms(Ratio bankruptcyAdjustment, Ratio spreadToMaintenance) {}

    /**
     * The share of a shortage that may be liquidated now (LIQD-101): all of a small one, else what
     * the elapsed time has freed and was not freed yet, at most all.
     *
     * @param shortage above 0
     * @param freed shortage that was freed before, at least 0
     * @param elapsed slots since the liquidation began
     * @param terms the venue's
     */
    public static Ratio greatestPart(Ratio shortage, Ratio freed, long elapsed, PartTerms terms) {
        if (shortage.compareTo(terms.atOnceBelow()) < 0) {
            return Ratio.ONE;
        }
        Ratio share = terms.atStart().plus(Ratio.of(elapsed, terms.durationSlots())).min(Ratio.ONE);
        Ratio freeable = shortage.plus(freed).times(share).minus(freed).max(Ratio.ZERO);
        return freeable.dividedBy(shortage).min(Ratio.ONE);
    }

    /**
     * How quickly a liquidation may go.
     *
     * @param atOnceBelow a shortage below this may be liquidated in full
     * @param atStart share that may be liquidated at once
     * @param durationSlots time after which everything may be, above 0
     */
    public record PartTerms(Ratio atOnceBelow, Ratio atStart, long durationSlots) {}

    /**
     * What a liquidator gets (LIQD-102): the base fee during the grace, afterwards the base fee and
     * the slope for every slot from the first on, at most the greatest. It jumps when the grace
     * ends.
     *
     * @param elapsed slots since the account became liquidatable
     */
    public static Ratio liquidatorFee(Ratio base, Ratio greatest, long elapsed, FeeRamp ramp) {
        return elapsed < ramp.graceSlots()
                ? base
                : base.plus(ramp.perSlot().times(Ratio.of(elapsed))).min(greatest);
    }

    /**
     * How a liquidator's fee grows.
     *
     * @param graceSlots slots without growth
     * @param perSlot growth for each slot
     */
    public record FeeRamp(long graceSlots, Ratio perSlot) {}

    /**
     * What the insurance fund gets of a liquidated perpetual (LIQD-103): 95 % of what is left of
     * the requirement after the liquidator's fee and the shortage, at least 0 and at most the
     * greatest.
     *
     * @param shortageShare shortage ÷ notional
     */
    public static Ratio insuranceFee(
            Ratio marginRatio, Ratio liquidatorFee, Ratio shortageShare, Ratio greatest) {
        Ratio left = marginRatio.minus(liquidatorFee).minus(shortageShare);
        return left.times(Ratio.of(95, 100)).clamp(Ratio.ZERO, greatest);
    }

    /**
     * The sizes by which a venue's own position is disposed of (LIQD-104): each step the fraction
     * of what is left, rounded up to a lot, at most the fraction of the book's volume, rounded
     * down; what is at most the full size goes as a whole. Empty where the volume allows no lot.
     *
     * @param position size, at least 0, in lots
     * @param bookVolume within the venue's band at each step, in lots
     */
    public static List<Long> disposal(long position, long bookVolume, DisposalTerms terms) {
        long most = terms.ofVolume().times(Ratio.of(bookVolume)).units(1, Rounding.FLOOR);
        List<Long> sizes = new ArrayList<>();
        long left = position;
        while (left > 0 && most > 0) {
            long wanted =
                    left <= terms.fullSize()
                            ? left
                            : terms.ofPosition().times(Ratio.of(left)).units(1, Rounding.CEILING);
            long size = Math.min(Math.min(wanted, left), most);
            sizes.add(size);
            left -= size;
        }
        return sizes;
    }

    /**
     * How a venue disposes of a position.
     *
     * @param ofPosition share of what is left for each step, above 0 and at most 1
     * @param ofVolume share of the book's volume for each step, at most 1
     * @param fullSize what is at most so large goes as a whole
     */
    public record DisposalTerms(Ratio ofPosition, Ratio ofVolume, long fullSize) {
        /** Refuses a share that never ends. */
        public DisposalTerms {
            if (ofPosition.signum() <= 0 || ofPosition.compareTo(Ratio.ONE) > 0) {
                throw new IllegalArgumentException(
                        "share of the position: %s, limits above 0 and 1".formatted(ofPosition));
            }
        }
    }
}

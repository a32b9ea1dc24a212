package io.delever.engine.pricing;

import io.delever.engine.money.Ratio;
import java.util.Optional;

/**
 * Funding: what longs pay to shorts so that a perpetual stays at its index (PRIC-060 to PRIC-067;
 * RULES §3). Everything is exact; whoever books a payment rounds it, once. Rates are shares: 0.01
 * is 1 %.
 */
public final class FundingRules {
    private FundingRules() {}

    /**
     * Bounds of a rate or of a share of a price.
     *
     * @param low empty for no bound
     * @param high empty for no bound; not below {@code low}
     */
    public record Bounds(Optional<Ratio> low, Optional<Ratio> high) {
        /** No bound at all. */
        public static final Bounds NONE = new Bounds(Optional.empty(), Optional.empty());

        /** Refuses a lower bound above the upper one. */
        public Bounds {
            if (low.isPresent() && high.isPresent() && low.get().compareTo(high.get()) > 0) {
                throw new IllegalArgumentException(
                        "bounds: %s is above %s".formatted(low.get(), high.get()));
            }
        }

        /** From −{@code limit} to +{@code limit}; the limit is at least 0. */
        public static Bounds symmetric(Ratio limit) {
            return new Bounds(Optional.of(limit.negate()), Optional.of(limit));
        }

        /** The nearest value within. */
        public Ratio clamp(Ratio value) {
            Ratio raised = low.map(value::max).orElse(value);
            return high.map(raised::min).orElse(raised);
        }

        /** These bounds as shares of a price. */
        Bounds times(Ratio price) {
            return new Bounds(low.map(price::times), high.map(price::times));
        }
    }

    /**
     * (mark average − index average) ÷ index average × scaling, within the bounds (PRIC-060).
     *
     * @param indexAverage above 0
     */
    public static Ratio rate(Ratio markAverage, Ratio indexAverage, Ratio scaling, Bounds bounds) {
        Ratio basis = markAverage.minus(indexAverage).dividedBy(indexAverage);
        return bounds.clamp(basis.times(scaling));
    }

    /**
     * [max(0, impact bid − index) − max(0, index − impact ask)] ÷ index (PRIC-061). A side that
     * cannot fill the impact notional adds nothing.
     *
     * @param index above 0
     */
    public static Ratio premium(Optional<Ratio> impactBid, Optional<Ratio> impactAsk, Ratio index) {
        Ratio above = impactBid.map(bid -> bid.minus(index).max(Ratio.ZERO)).orElse(Ratio.ZERO);
        Ratio below = impactAsk.map(ask -> index.minus(ask).max(Ratio.ZERO)).orElse(Ratio.ZERO);
        return above.minus(below).dividedBy(index);
    }

    /** interest − premium, within ± clamp: what is added to the premium (PRIC-062). */
    public static Ratio interestTerm(Ratio premium, Ratio interest, Ratio clamp) {
        return Bounds.symmetric(clamp).clamp(interest.minus(premium));
    }

    /** premium + interest term, within the cap (PRIC-062). */
    public static Ratio rateOfPremium(Ratio premium, Ratio interest, Ratio clamp, Bounds cap) {
        return cap.clamp(premium.plus(interestTerm(premium, interest, clamp)));
    }

    /**
     * The greatest rate of eight hours: factor × (initial margin − maintenance margin) (PRIC-063).
     */
    public static Ratio greatestRate(Ratio factor, Ratio initialMargin, Ratio maintenanceMargin) {
        return factor.times(initialMargin.minus(maintenanceMargin)).max(Ratio.ZERO);
    }

    /**
     * How far the funding index of one unit of size moves: rate × price × elapsed ÷ interval
     * (PRIC-064).
     *
     * @param rate of one interval
     * @param elapsed time that has passed, at least 0
     * @param interval above 0, in the same unit
     */
    public static Ratio indexDelta(Ratio rate, Ratio price, long elapsed, long interval) {
        if (elapsed < 0 || interval <= 0) {
            throw new IllegalArgumentException(
                    "elapsed %d, limit 0, of interval %d, limit above 0"
                            .formatted(elapsed, interval));
        }
        return rate.times(price).times(Ratio.of(elapsed, interval));
    }

    /**
     * What a position receives: −(index now − index at its last settlement) × size; longs pay while
     * the index rises (PRIC-065).
     */
    public static Ratio settlement(Ratio indexNow, Ratio indexBefore, Ratio size) {
        return indexNow.minus(indexBefore).times(size).negate();
    }

    /** What a position receives at one rate: −size × mark × rate (PRIC-065). */
    public static Ratio cash(Ratio size, Ratio mark, Ratio rate) {
        return settlement(mark.times(rate), Ratio.ZERO, size);
    }

    /**
     * What a long of one unit pays at the end of a period: mark average − index average + the
     * clamped interest term (1 + interest) × index average − mark average (PRIC-066).
     *
     * @param interest of the period
     * @param clamps shares of the index average
     */
    public static Ratio payment(
            Ratio markAverage, Ratio indexAverage, Ratio interest, Bounds clamps) {
        Ratio term = Ratio.ONE.plus(interest).times(indexAverage).minus(markAverage);
        return markAverage.minus(indexAverage).plus(clamps.times(indexAverage).clamp(term));
    }

    /** The part of a payment that falls on the time outside of auctions (PRIC-066). */
    public static Ratio withoutAuction(Ratio payment, long period, long auction) {
        if (auction < 0 || period <= 0 || auction > period) {
            throw new IllegalArgumentException(
                    "auction %d, limits 0 and the period %d".formatted(auction, period));
        }
        return payment.times(Ratio.of(period - auction, period));
    }

    /** What a position must be margined for its next payment: never negative (PRIC-067). */
    public static Ratio margin(Ratio factor, Ratio payment, Ratio size) {
        return factor.times(payment.times(size).max(Ratio.ZERO));
    }
}

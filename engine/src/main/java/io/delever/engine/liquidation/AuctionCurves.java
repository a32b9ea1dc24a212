package io.delever.engine.liquidation;

import io.delever.engine.money.Ratio;
import io.delever.engine.money.Rounding;

/**
 * How the price of a backstop auction falls, and how much of a portfolio it may close (LIQD-090 to
 * LIQD-094; RULES §8). Times are whole seconds; prices exact unless said.
 */
public final class AuctionCurves {
    /** Powers keep so many units of one. */
    private static final long POWER_UNITS = 1_000_000_000_000_000_000L;

    private AuctionCurves() {}

    /**
     * top × (duration − elapsed) ÷ duration; 0 once the duration is over (LIQD-090).
     *
     * @param duration above 0
     * @param elapsed at least 0
     */
    public static Ratio linear(Ratio top, long duration, long elapsed) {
        requireTimes(duration, elapsed);
        return elapsed >= duration ? Ratio.ZERO : top.times(Ratio.of(duration - elapsed, duration));
    }

    /**
     * top × cut ^ (whole steps elapsed) (LIQD-091); with a step of one second the exponential
     * curve, with longer ones a stair. The power is taken by squaring, each product half-even to
     * 10⁻¹⁸.
     *
     * @param cut share that is left after a step, 0 to 1
     * @param step above 0
     * @param elapsed at least 0
     */
    public static Ratio stepwise(Ratio top, Ratio cut, long step, long elapsed) {
        requireTimes(step, elapsed);
        if (cut.signum() < 0 || cut.compareTo(Ratio.ONE) > 0) {
            throw new IllegalArgumentException("cut: %s, limits 0 and 1".formatted(cut));
        }
        return top.times(power(cut, elapsed / step));
    }

    private static void requireTimes(long duration, long elapsed) {
        if (duration <= 0 || elapsed < 0) {
            throw new IllegalArgumentException(
                    "duration %d s must be above 0 and elapsed %d s at least 0"
                            .formatted(duration, elapsed));
        }
    }

    private static Ratio power(Ratio base, long exponent) {
        Ratio result = Ratio.ONE;
        Ratio square = base;
        for (long left = exponent; left > 0; left >>= 1) {
            if ((left & 1) == 1) {
                result = kept(result.times(square));
            }
            square = kept(square.times(square));
        }
        return result;
    }

    private static Ratio kept(Ratio value) {
        return value.rounded(POWER_UNITS, Rounding.HALF_EVEN);
    }

    /**
     * What a bidder pays for a share of a portfolio: (mark-to-market − reserved cash) × discount ×
     * share (LIQD-092).
     *
     * @param reservedCash of earlier bids, which is not sold
     * @param discount share of the value that is asked at this moment, 0 to 1
     * @param share of the portfolio, 0 to 1
     */
    public static Ratio bid(Ratio markToMarket, Ratio reservedCash, Ratio discount, Ratio share) {
        return markToMarket.minus(reservedCash).times(discount).times(share);
    }

    /**
     * The greatest share that may be closed, so that the account ends exactly at its buffer margin:
     * buffer ÷ (buffer − value × discount − reserved × (1 − discount)) (LIQD-093). 0 of a portfolio
     * that is not short of its buffer, at most 1.
     *
     * @param bufferMargin below 0 where the account is short
     */
    public static Ratio greatestShare(
            Ratio bufferMargin, Ratio markToMarket, Ratio reservedCash, Ratio discount) {
        if (bufferMargin.signum() >= 0) {
            return Ratio.ZERO;
        }
        Ratio brought =
                markToMarket.times(discount).plus(reservedCash.times(Ratio.ONE.minus(discount)));
        Ratio divisor = bufferMargin.minus(brought);
        return divisor.signum() >= 0
                ? Ratio.ONE
                : bufferMargin.dividedBy(divisor).clamp(Ratio.ZERO, Ratio.ONE);
    }
}

package io.delever.engine.sentiment;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Rate;
import java.util.List;
import java.util.Optional;

/**
 * What sentiment asks of initial margin; it never touches maintenance margin (SENT-020).
 *
 * @param instrument empty for the whole market
 * @param multiplier initial margin times this; 1 (no change) to the bound
 * @param bound the greatest multiplier that is ever asked for
 * @param expiresAtNanos after this the multiplier is 1 again
 * @param reasons why it is not 1; empty where it is
 */
public record RiskAdjustment(
        Optional<InstrumentId> instrument,
        Rate multiplier,
        Rate bound,
        long expiresAtNanos,
        List<String> reasons) {
    /** Refuses a multiplier below 1 or above the bound. */
    public RiskAdjustment {
        if (multiplier.ppm() < FixedPoint.ONE_PPM || multiplier.ppm() > bound.ppm()) {
            throw new IllegalArgumentException(
                    "the multiplier must lie in "
                            + FixedPoint.ONE_PPM
                            + " to "
                            + bound.ppm()
                            + " ppm, got "
                            + multiplier.ppm());
        }
        reasons = List.copyOf(reasons);
    }

    /** The same at a later time: no adjustment once it has expired (SENT-023). */
    public RiskAdjustment asOf(long nowNanos) {
        return nowNanos < expiresAtNanos || multiplier.equals(Rate.ONE)
                ? this
                : new RiskAdjustment(instrument, Rate.ONE, bound, expiresAtNanos, List.of());
    }
}

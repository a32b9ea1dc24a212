package io.delever.engine.liquidation;

import io.delever.engine.money.Money;
import io.delever.engine.money.Ratio;
import io.delever.engine.money.Rounding;
import java.util.ArrayList;
import java.util.List;

/**
 * Sharing a loss that nothing else covers (LIQD-110 to LIQD-112; RULES §9). Nothing is created:
 * what is paid out is what was collected.
 */
public final class SocialisedLoss {
    private static final long FUNDING_UNITS = 1_000_000;
    private static final long INTEREST_UNITS = 10_000_000_000L;

    private SocialisedLoss() {}

    /**
     * What winners receive where less was collected than they gained (LIQD-110): gain × collected ÷
     * all gains, rounded down to the unit; what rounding leaves goes to the last winner. Where
     * enough was collected everybody receives the gain.
     *
     * @param gains each at least 0
     * @param collected at least 0
     * @param unit smallest unit that is paid out, above 0
     */
    public static List<Money> payouts(List<Money> gains, Money collected, Money unit) {
        Money owed = Money.ZERO;
        for (Money gain : gains) {
            if (gain.isNegative()) {
                throw new IllegalArgumentException("a gain must be at least 0, is " + gain);
            }
            owed = owed.plus(gain);
        }
        if (collected.isNegative()) {
            throw new IllegalArgumentException(
                    "what was collected must be at least 0, is " + collected);
        }
        if (collected.compareTo(owed) >= 0) {
            return List.copyOf(gains);
        }
        List<Money> paid = new ArrayList<>();
        Money left = collected;
        Ratio share = Ratio.of(collected).dividedBy(Ratio.of(owed));
        for (int i = 0; i < gains.size(); i++) {
            Money floored =
                    Ratio.of(gains.get(i))
                            .times(share)
                            .roundedTo(Ratio.of(unit), Rounding.FLOOR)
                            .money(Rounding.FLOOR);
            Money part = i + 1 < gains.size() ? floored : left;
            paid.add(part);
            left = left.minus(part);
        }
        return paid;
    }

    /**
     * How far a perpetual's funding index moves against both sides so that a loss is paid
     * (LIQD-111): loss ÷ (longs + shorts), rounded up to 10⁻⁶. Nobody can pay where both are 0,
     * which is refused with an {@link ArithmeticException}.
     *
     * @param loss at least 0
     * @param longs size of all longs
     * @param shorts size of all shorts, with or without its sign
     */
    public static Ratio fundingDelta(Ratio loss, Ratio longs, Ratio shorts) {
        Ratio all = longs.abs().plus(shorts.abs());
        return loss.dividedBy(all).rounded(FUNDING_UNITS, Rounding.CEILING);
    }

    /**
     * The share by which every deposit shrinks so that a loss is paid (LIQD-112): loss ÷ deposits,
     * rounded up to 10⁻¹⁰; 0 where there are none.
     */
    public static Ratio depositDelta(Ratio loss, Ratio deposits) {
        return deposits.signum() == 0
                ? Ratio.ZERO
                : loss.dividedBy(deposits).rounded(INTEREST_UNITS, Rounding.CEILING);
    }
}

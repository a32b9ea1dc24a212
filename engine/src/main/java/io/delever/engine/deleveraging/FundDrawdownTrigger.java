package io.delever.engine.deleveraging;

import io.delever.engine.money.Ratio;

/**
 * Auto-deleveraging that begins while the insurance fund is still there, because it loses too fast
 * (ADLQ-030, ADLQ-031; RULES §9).
 *
 * @param trigger fall from the peak of the window at which it begins, below 0: −0.3 is 30 %
 * @param stop fall at which it ends again, from the trigger to 0
 */
public record FundDrawdownTrigger(Ratio trigger, Ratio stop) {
    /** Refuses thresholds in the wrong order. */
    public FundDrawdownTrigger {
        if (trigger.signum() >= 0 || stop.signum() > 0 || stop.compareTo(trigger) < 0) {
            throw new IllegalArgumentException(
                    "trigger %s must be below 0 and stop %s between it and 0"
                            .formatted(trigger, stop));
        }
    }

    /**
     * Profit of the window ÷ its peak: −0.35 is a loss of 35 %.
     *
     * @param peak greatest balance of the window, above 0
     * @param loss of the window, at least 0
     */
    public static Ratio ratio(Ratio peak, Ratio loss) {
        return loss.negate().dividedBy(peak);
    }

    /**
     * Whether it begins: the fund is exhausted, or it is large enough to be measured by its fall
     * and fell to the trigger or below it (ADLQ-030).
     *
     * @param balance of the fund
     * @param isMeasured whether the balance is above the venue's threshold for this rule
     */
    public boolean begins(Ratio balance, boolean isMeasured, Ratio ratio) {
        return balance.signum() <= 0 || (isMeasured && ratio.compareTo(trigger) <= 0);
    }

    /** Whether it ends: the fall is less than the stop (ADLQ-030). */
    public boolean ends(Ratio ratio) {
        return ratio.compareTo(stop) > 0;
    }

    /** What winners must give so that the fall is back at the trigger, at least 0 (ADLQ-031). */
    public Ratio subsidy(Ratio peak, Ratio loss) {
        return loss.plus(trigger.times(peak)).max(Ratio.ZERO);
    }
}

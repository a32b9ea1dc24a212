package io.delever.engine.sentiment;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Rate;
import java.util.List;
import java.util.Optional;

/**
 * How nervous one instrument or the whole market is.
 *
 * @param instrument empty for the whole market
 * @param micros the score times 10⁶: 0 (extreme fear) to 100,000,000 (extreme greed); exactly
 *     50,000,000 plus the contributions (SENT-002)
 * @param level the score in words (SENT-008)
 * @param confidence share of the weight of all signals that was present (SENT-007)
 * @param contributions of the present signals, in the order of {@link Signal}
 * @param missing the other signals, in the same order
 * @param eventTimeNanos when it was so
 */
public record Score(
        Optional<InstrumentId> instrument,
        long micros,
        SentimentLevel level,
        Rate confidence,
        List<Contribution> contributions,
        List<Signal> missing,
        long eventTimeNanos) {
    /** The score without any signal. */
    public static final long NEUTRAL_MICROS = 50_000_000L;

    /** The greatest score. */
    public static final long GREATEST_MICROS = 100_000_000L;

    /** Refuses a score that is out of range or that its contributions do not add up to. */
    public Score {
        contributions = List.copyOf(contributions);
        missing = List.copyOf(missing);
        long sum = NEUTRAL_MICROS;
        for (Contribution contribution : contributions) {
            sum = Math.addExact(sum, contribution.micros());
        }
        if (sum != micros) {
            throw new IllegalArgumentException(
                    "contributions and the neutral 50 add up to " + sum + " micros, not " + micros);
        }
        if (micros < 0 || micros > GREATEST_MICROS) {
            throw new IllegalArgumentException(
                    "a score must lie in 0 to " + GREATEST_MICROS + " micros, got " + micros);
        }
    }
}

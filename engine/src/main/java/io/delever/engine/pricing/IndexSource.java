package io.delever.engine.pricing;

import java.util.Optional;

/**
 * A source of one index (PRIC-001).
 *
 * @param id the market at the venue
 * @param weight relative weight, 1 to {@link #MAXIMUM_WEIGHT}
 * @param stalenessLimitNanos a tick is fresh while its age is at most this, 1 to {@link
 *     #MAXIMUM_STALENESS_NANOS}
 * @param conversion how its quote becomes that of the index; absent where it is the same
 * @param own whether it is the venue's own market, which never moves the anchor and never counts
 *     toward the minimum of sources
 */
public record IndexSource(
        SourceId id,
        long weight,
        long stalenessLimitNanos,
        Optional<QuoteConversion> conversion,
        boolean own) {
    /** Greatest weight of one source. */
    public static final long MAXIMUM_WEIGHT = 1_000_000;

    /** Longest staleness limit: one day. */
    public static final long MAXIMUM_STALENESS_NANOS = 86_400_000_000_000L;

    /** An outside market in the quote of the index. */
    public IndexSource(SourceId id, long weight, long stalenessLimitNanos) {
        this(id, weight, stalenessLimitNanos, Optional.empty(), false);
    }

    /** Refuses a weight or a staleness limit out of its range. */
    public IndexSource {
        if (weight < 1 || weight > MAXIMUM_WEIGHT) {
            throw new OutOfRangeException(
                    "weight", id.toString(), weight, "1 to " + MAXIMUM_WEIGHT);
        }
        if (stalenessLimitNanos < 1 || stalenessLimitNanos > MAXIMUM_STALENESS_NANOS) {
            throw new OutOfRangeException(
                    "staleness_limit_nanos",
                    id.toString(),
                    stalenessLimitNanos,
                    "1 to " + MAXIMUM_STALENESS_NANOS);
        }
    }
}

package io.delever.engine.pricing;

import io.delever.engine.money.FixedPoint;

/**
 * How a perpetual pays funding (FNDG-001 to FNDG-005). Rates are parts per billion of one interval.
 *
 * @param intervalNanos time between two payments, 1 minute to 1 day; payments are at its multiples
 *     since the Unix epoch
 * @param sampleNanos time between two samples of the premium, 1 ms to the interval
 * @param interestPpb interest of one interval, at most 1 away from 0
 * @param clampPpb greatest interest term, 0 to 1
 * @param capPpb greatest rate, above 0 and at most one half
 */
public record FundingDefinition(
        long intervalNanos, long sampleNanos, long interestPpb, long clampPpb, long capPpb) {
    private static final long MILLI = 1_000_000L;
    private static final long MINUTE = 60_000_000_000L;
    private static final long DAY = 86_400_000_000_000L;

    /** Refuses what is out of its range. */
    public FundingDefinition {
        require("interval_nanos", intervalNanos, MINUTE, DAY);
        require("funding_sample_nanos", sampleNanos, MILLI, intervalNanos);
        require("interest_ppb", interestPpb, -FixedPoint.ONE_PPB, FixedPoint.ONE_PPB);
        require("clamp_ppb", clampPpb, 0, FixedPoint.ONE_PPB);
        require("cap_ppb", capPpb, 1, FixedPoint.ONE_PPB / 2);
    }

    /** Samples of one whole interval. */
    public long samplesPerInterval() {
        return intervalNanos / sampleNanos;
    }

    private static void require(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw new OutOfRangeException(field, "funding", value, least + " to " + most);
        }
    }
}

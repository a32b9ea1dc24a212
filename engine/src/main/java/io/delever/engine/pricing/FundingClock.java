package io.delever.engine.pricing;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Price;
import io.delever.engine.money.Ratio;
import io.delever.engine.money.Rounding;
import io.delever.engine.pricing.FundingRules.Bounds;
import io.delever.engine.pricing.MarkRule.FundingLeft;
import java.util.Optional;

/**
 * Samples the premium of one perpetual and says when a rate is due (FNDG-001 to FNDG-005). Not
 * thread-safe: the engine's writer owns it.
 */
final class FundingClock {
    private final InstrumentId instrument;
    private final FundingDefinition definition;
    private long intervalEndNanos;
    private long sampledStep;
    private long sumPpb;
    private long samples;
    private long lastRatePpb;

    FundingClock(InstrumentId instrument, FundingDefinition definition, long nowNanos) {
        this.instrument = instrument;
        this.definition = definition;
        this.intervalEndNanos = endAfter(nowNanos);
        this.sampledStep = Math.floorDiv(nowNanos, definition.sampleNanos());
    }

    private long endAfter(long nowNanos) {
        long interval = definition.intervalNanos();
        return Math.multiplyExact(Math.floorDiv(nowNanos, interval) + 1, interval);
    }

    /** Takes one sample where a step has begun since the last one and the book is usable. */
    void sample(Price index, Optional<OwnBook> book, long nowNanos) {
        long step = Math.floorDiv(nowNanos, definition.sampleNanos());
        if (step <= sampledStep || nowNanos >= intervalEndNanos) {
            return;
        }
        sampledStep = step;
        book.ifPresent(
                seen -> {
                    sumPpb = Math.addExact(sumPpb, premiumPpb(index, seen));
                    samples++;
                });
    }

    private long premiumPpb(Price index, OwnBook book) {
        Ratio premium =
                FundingRules.premium(
                        book.impactBid().map(Ratio::of),
                        book.impactAsk().map(Ratio::of),
                        Ratio.of(index));
        // A premium beyond 1 says nothing more than 1 does, and keeps the sum within its range.
        return Bounds.symmetric(Ratio.ONE)
                .clamp(premium)
                .units(FixedPoint.ONE_PPB, Rounding.HALF_EVEN);
    }

    /** The average of the samples so far, half-even; 0 without one. */
    long premiumPpb() {
        return samples == 0 ? 0 : FixedPoint.mulDiv(sumPpb, 1, samples, Rounding.HALF_EVEN);
    }

    /** The rate if the interval ended now; 0 with fewer than half of the samples of an interval. */
    long predictedRatePpb(long expectedSamples) {
        if (samples == 0 || samples < expectedSamples - samples) {
            return 0;
        }
        return FundingRules.rateOfPremium(
                        ppb(premiumPpb()),
                        ppb(definition.interestPpb()),
                        ppb(definition.clampPpb()),
                        Bounds.symmetric(ppb(definition.capPpb())))
                .units(FixedPoint.ONE_PPB, Rounding.HALF_EVEN);
    }

    /** The rate that would be due if the rest of the interval were like what was sampled. */
    long predictedRatePpb() {
        return predictedRatePpb(samples);
    }

    private static Ratio ppb(long rate) {
        return Ratio.of(rate, FixedPoint.ONE_PPB);
    }

    /**
     * What is due where the interval has ended: once for each interval, at the first usable mark
     * after its end. Intervals that passed meanwhile are not paid.
     */
    Optional<FundingSettled> settle(Price mark, long nowNanos) {
        if (nowNanos < intervalEndNanos) {
            return Optional.empty();
        }
        lastRatePpb = predictedRatePpb(definition.samplesPerInterval());
        FundingSettled settled =
                new FundingSettled(
                        instrument, intervalEndNanos, lastRatePpb, premiumPpb(), samples, mark);
        intervalEndNanos = endAfter(nowNanos);
        sumPpb = 0;
        samples = 0;
        return Optional.of(settled);
    }

    long lastRatePpb() {
        return lastRatePpb;
    }

    long nextPaymentNanos() {
        return intervalEndNanos;
    }

    /** What is still to be paid, counted from the beginning of the step of {@code nowNanos}. */
    FundingLeft left(long nowNanos) {
        long step = definition.sampleNanos();
        long from = Math.multiplyExact(Math.floorDiv(nowNanos, step), step);
        long left = Math.clamp(intervalEndNanos - from, 0, definition.intervalNanos());
        return new FundingLeft(lastRatePpb, left, definition.intervalNanos());
    }

    /** The last instant before which time alone changes nothing. */
    long unchangedUntilNanos(long nowNanos) {
        long step = definition.sampleNanos();
        long next = Math.multiplyExact(Math.floorDiv(nowNanos, step) + 1, step);
        return Math.min(next, nowNanos < intervalEndNanos ? intervalEndNanos : Long.MAX_VALUE) - 1;
    }
}

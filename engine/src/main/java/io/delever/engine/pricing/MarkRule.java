package io.delever.engine.pricing;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rounding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The mark of a perpetual as a function of what is known (MARK-001 to MARK-006). */
public final class MarkRule {
    private MarkRule() {}

    /**
     * The funding that is still to be paid.
     *
     * @param ratePpb last rate of one interval, parts per billion, + where longs pay
     * @param leftNanos time to the next payment, 0 to the interval
     * @param intervalNanos time between two payments, above 0
     */
    public record FundingLeft(long ratePpb, long leftNanos, long intervalNanos) {
        /** No funding. */
        public static final FundingLeft NONE = new FundingLeft(0, 0, 1);

        /** Refuses a time out of its range. */
        public FundingLeft {
            if (intervalNanos <= 0 || leftNanos < 0 || leftNanos > intervalNanos) {
                throw new IllegalArgumentException(
                        "time left: %d ns, limit 0 to the interval %d ns"
                                .formatted(leftNanos, intervalNanos));
            }
        }
    }

    /**
     * The median of the index with funding, the index with the average basis and the contract
     * price, moved into the band around the index. Without both of the latter it is the index with
     * funding alone: half a book must not pull the mark halfway.
     *
     * @param basisE8 moving average of mid − index; absent without a fresh book
     * @param contract last trade or mid; absent without a fresh book
     */
    public static MarkPrice of(
            Price index,
            FundingLeft funding,
            Optional<Long> basisE8,
            Optional<Price> contract,
            MarkDefinition definition) {
        Price funded = funded(index, funding);
        Optional<Price> smoothed =
                basisE8.map(basis -> Math.addExact(index.e8(), basis))
                        .filter(e8 -> e8 > 0)
                        .map(Price::new);
        List<Price> parts = new ArrayList<>(3);
        parts.add(funded);
        if (smoothed.isPresent() && contract.isPresent()) {
            parts.add(smoothed.get());
            parts.add(contract.get());
        }
        Price median = PriceAverages.median(parts).orElse(funded);
        Price mark = PriceAverages.clampAround(median, index, definition.band());
        return new MarkPrice(mark, funded, smoothed, contract, !mark.equals(median));
    }

    /**
     * Index × (1 + rate × time left ÷ interval); the share of the rate is rounded to parts per
     * billion, the price to 10⁻⁸, both half-even.
     */
    private static Price funded(Price index, FundingLeft funding) {
        long sharePpb =
                FixedPoint.mulDiv(
                        funding.ratePpb(),
                        funding.leftNanos(),
                        funding.intervalNanos(),
                        Rounding.HALF_EVEN);
        long e8 =
                FixedPoint.mulDiv(
                        index.e8(),
                        Math.addExact(FixedPoint.ONE_PPB, sharePpb),
                        FixedPoint.ONE_PPB,
                        Rounding.HALF_EVEN);
        return e8 > 0 ? new Price(e8) : index;
    }

    /**
     * The next moving average: average + (sample − average) × 2 ÷ (window + 1), half-even.
     *
     * @param window samples that it reaches over, at least 1; with 1 it is the sample
     */
    public static long movingAverage(long averageE8, long sampleE8, int window) {
        return Math.addExact(
                averageE8,
                FixedPoint.mulDiv(
                        Math.subtractExact(sampleE8, averageE8),
                        2,
                        Math.addExact(window, 1),
                        Rounding.HALF_EVEN));
    }
}

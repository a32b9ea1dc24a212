package io.delever.engine.pricing;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Averages of prices that the field knows. Each is exact and rounded once, half-even, to 10⁻⁸
 * (PRIC-040 to PRIC-045).
 */
public final class PriceAverages {
    private PriceAverages() {}

    /**
     * A price with its weight and its age.
     *
     * @param price the price
     * @param weight relative weight, at least 0
     * @param timeNanos when it was observed
     * @param stalenessLimitNanos it is fresh while its age is at most this, at least 0
     */
    public record WeightedPrice(
            Price price, long weight, long timeNanos, long stalenessLimitNanos) {
        /** Refuses a negative weight and a negative limit. */
        public WeightedPrice {
            if (weight < 0 || stalenessLimitNanos < 0) {
                throw new IllegalArgumentException(
                        "weight %d and staleness limit %d must not be negative"
                                .formatted(weight, stalenessLimitNanos));
            }
        }

        boolean isFresh(long nowNanos) {
            return new Observation(price, timeNanos).isFresh(nowNanos, stalenessLimitNanos);
        }
    }

    /**
     * One level of an order book.
     *
     * @param price price of the level
     * @param size size that rests there, at least 0
     */
    public record DepthLevel(Price price, Quantity size) {
        /** Refuses a negative size. */
        public DepthLevel {
            if (size.signum() < 0) {
                throw new IllegalArgumentException("size of a level: %s, limit 0".formatted(size));
            }
        }
    }

    /**
     * What a size costs when it is taken from a book.
     *
     * @param notional Σ price × size over the levels taken, half-even
     * @param averagePrice notional ÷ size, from the exact sum, half-even
     */
    public record DepthAverage(Money notional, Price averagePrice) {}

    /**
     * A price that stands from a time on.
     *
     * @param timeNanos from when
     * @param price the price
     */
    public record PricePoint(long timeNanos, Price price) {}

    /** The median; of an even number the mean of the middle two. Empty of none (PRIC-040). */
    public static Optional<Price> median(List<Price> prices) {
        long[] e8 = new long[prices.size()];
        for (int i = 0; i < e8.length; i++) {
            e8[i] = prices.get(i).e8();
        }
        return median(e8, e8.length);
    }

    /**
     * The same of the first {@code count} prices × 10⁸, each above 0, which it sorts; this runs at
     * every tick.
     */
    static Optional<Price> median(long[] e8, int count) {
        if (count == 0) {
            return Optional.empty();
        }
        Arrays.sort(e8, 0, count);
        int middle = count / 2;
        if (count % 2 == 1) {
            return Optional.of(new Price(e8[middle]));
        }
        long twice = Math.addExact(e8[middle - 1], e8[middle]);
        return Optional.of(new Price(FixedPoint.mulDiv(twice, 1, 2, Rounding.HALF_EVEN)));
    }

    /** The median of those that are fresh, whatever their weights. Empty of none (PRIC-041). */
    public static Optional<Price> freshMedian(List<WeightedPrice> prices, long nowNanos) {
        return median(
                prices.stream()
                        .filter(each -> each.isFresh(nowNanos))
                        .map(WeightedPrice::price)
                        .toList());
    }

    /**
     * The mean by weight of those that are fresh: the weights of the others count for nothing.
     * Empty where no fresh one has a weight (PRIC-042).
     */
    public static Optional<Price> freshWeightedMean(List<WeightedPrice> prices, long nowNanos) {
        ProductSum sum = new ProductSum();
        long weight = 0;
        for (WeightedPrice each : prices) {
            if (each.isFresh(nowNanos)) {
                sum.add(each.price().e8(), each.weight());
                weight = Math.addExact(weight, each.weight());
            }
        }
        return weight == 0 ? Optional.empty() : Optional.of(new Price(sum.dividedHalfEven(weight)));
    }

    /**
     * The price, moved to the nearest within {@code reference × (1 ± cap)}. The bounds round
     * inward: the result is never farther away than the cap (PRIC-043).
     *
     * @param cap less than 1
     */
    public static Price clampAround(Price price, Price reference, Rate cap) {
        if (cap.ppm() >= FixedPoint.ONE_PPM) {
            throw new IllegalArgumentException("cap: %s, limit below 1".formatted(cap));
        }
        long lower = scaled(reference, FixedPoint.ONE_PPM - cap.ppm(), Rounding.CEILING);
        long upper = scaled(reference, FixedPoint.ONE_PPM + cap.ppm(), Rounding.FLOOR);
        return new Price(Math.clamp(price.e8(), lower, upper));
    }

    private static long scaled(Price price, long ppm, Rounding rounding) {
        return FixedPoint.mulDiv(price.e8(), ppm, FixedPoint.ONE_PPM, rounding);
    }

    /**
     * Takes a size from a book. Empty where the book holds less than the size (PRIC-044).
     *
     * @param levels the best first: asks ascending or bids descending
     * @param size above 0
     */
    public static Optional<DepthAverage> depthAverage(List<DepthLevel> levels, Quantity size) {
        if (size.signum() <= 0) {
            throw new IllegalArgumentException("size: %s, limit above 0".formatted(size));
        }
        requireBestFirst(levels);
        ProductSum sum = new ProductSum();
        long left = size.e8();
        for (DepthLevel level : levels) {
            long taken = Math.min(left, level.size().e8());
            sum.add(level.price().e8(), taken);
            left -= taken;
        }
        if (left > 0) {
            return Optional.empty();
        }
        return Optional.of(
                new DepthAverage(
                        new Money(sum.dividedHalfEven(FixedPoint.ONE_E8)),
                        new Price(sum.dividedHalfEven(size.e8()))));
    }

    private static void requireBestFirst(List<DepthLevel> levels) {
        boolean ascends = false;
        boolean descends = false;
        for (int i = 1; i < levels.size(); i++) {
            int step = levels.get(i).price().compareTo(levels.get(i - 1).price());
            ascends |= step > 0;
            descends |= step < 0;
        }
        if (ascends && descends) {
            throw new IllegalArgumentException("levels of a book must be in order of their price");
        }
    }

    /**
     * The average over time of a price that stands from each point until the next, and the last one
     * until the end (PRIC-045).
     *
     * @param points in order of time, at least one; the first starts the period
     * @param endNanos end of the period, later than the first point and not before the last
     */
    public static Price timeWeighted(List<PricePoint> points, long endNanos) {
        if (points.isEmpty() || endNanos <= points.getFirst().timeNanos()) {
            throw new IllegalArgumentException(
                    "%d points with end %d: the period is empty"
                            .formatted(points.size(), endNanos));
        }
        ProductSum sum = new ProductSum();
        for (int i = 0; i < points.size(); i++) {
            long start = points.get(i).timeNanos();
            long end = i + 1 < points.size() ? points.get(i + 1).timeNanos() : endNanos;
            if (end < start) {
                throw new IllegalArgumentException(
                        "point %d at %d ends at %d: not in order of time".formatted(i, start, end));
            }
            sum.add(points.get(i).price().e8(), Math.subtractExact(end, start));
        }
        return new Price(
                sum.dividedHalfEven(Math.subtractExact(endNanos, points.getFirst().timeNanos())));
    }

    /**
     * The same over a period that starts anywhere: at its start stands the price of the last point
     * at or before it. Empty where there is none (PRIC-046).
     *
     * @param points in order of time
     * @param endNanos later than the start and not before the last point
     */
    public static Optional<Price> timeWeighted(
            List<PricePoint> points, long startNanos, long endNanos) {
        List<PricePoint> within = new ArrayList<>();
        for (PricePoint point : points) {
            if (point.timeNanos() <= startNanos) {
                within.clear();
                within.add(new PricePoint(startNanos, point.price()));
            } else {
                within.add(point);
            }
        }
        return within.isEmpty() || within.getFirst().timeNanos() > startNanos
                ? Optional.empty()
                : Optional.of(timeWeighted(within, endNanos));
    }

    /**
     * The average over time without the times in the gaps: a price that stands at the start of a
     * gap does not count until its end (PRIC-055).
     *
     * @param points in order of time, at least one; the first starts the period
     * @param endNanos end of the period, not before the last point
     * @param gaps in order of time, apart from each other and within the period
     */
    public static Price timeWeightedOutside(
            List<PricePoint> points, long endNanos, List<Gap> gaps) {
        ProductSum sum = new ProductSum();
        long counted = 0;
        for (int i = 0; i < points.size(); i++) {
            long start = points.get(i).timeNanos();
            long end = i + 1 < points.size() ? points.get(i + 1).timeNanos() : endNanos;
            long time = Math.subtractExact(end, start);
            for (Gap gap : gaps) {
                time -= gap.overlap(start, end);
            }
            if (end < start || time < 0) {
                throw new IllegalArgumentException(
                        "point %d at %d ends at %d: points and gaps must be in order of time"
                                .formatted(i, start, end));
            }
            sum.add(points.get(i).price().e8(), time);
            counted = Math.addExact(counted, time);
        }
        if (counted == 0) {
            throw new IllegalArgumentException("nothing of the period is outside the gaps");
        }
        return new Price(sum.dividedHalfEven(counted));
    }

    /**
     * A time that does not count.
     *
     * @param startNanos its start
     * @param endNanos its end, not before the start
     */
    public record Gap(long startNanos, long endNanos) {
        /** Refuses an end before the start. */
        public Gap {
            if (endNanos < startNanos) {
                throw new IllegalArgumentException(
                        "gap: end %d before start %d".formatted(endNanos, startNanos));
            }
        }

        private long overlap(long start, long end) {
            return Math.max(0, Math.min(end, endNanos) - Math.max(start, startNanos));
        }
    }
}

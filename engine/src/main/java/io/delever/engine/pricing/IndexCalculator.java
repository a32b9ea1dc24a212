package io.delever.engine.pricing;

import io.delever.engine.market.PriceState;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The index of one instrument from the newest observations of its sources: the weighted median of
 * those that are fresh and no outliers (PRIC-020 to PRIC-030). A function: no state, no clock.
 */
public final class IndexCalculator {
    private IndexCalculator() {}

    /**
     * The price as of {@code nowNanos}.
     *
     * @param definition the index
     * @param newest the newest observation of each source, in the order of the definition
     * @param previous the price before, whose last good prices a stale one shows
     * @param nowNanos the time
     */
    public static IndexPrice calculate(
            IndexDefinition definition,
            List<Optional<Observation>> newest,
            PriceState previous,
            long nowNanos) {
        List<IndexSource> sources = definition.sources();
        if (newest.size() != sources.size()) {
            throw new IllegalArgumentException(
                    "observations: %d, sources of %s: %d"
                            .formatted(
                                    newest.size(),
                                    definition.instrument().value(),
                                    sources.size()));
        }
        Optional<Price> anchor = freshMedian(sources, newest, nowNanos);
        Participants used = new Participants(sources.size());
        List<SourceExclusion> exclusions = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            IndexSource source = sources.get(i);
            Optional<ExclusionReason> reason =
                    exclusion(source, newest.get(i), anchor, definition.outlierLimit(), nowNanos);
            if (reason.isPresent()) {
                exclusions.add(new SourceExclusion(source.id(), reason.get()));
            } else {
                newest.get(i).ifPresent(seen -> used.add(seen, source.weight()));
            }
        }
        OptionalLong index =
                used.size() < definition.minimumSources()
                        ? OptionalLong.empty()
                        : used.weightedMedian(definition.tickSize());
        PriceState state =
                index.isPresent() && index.getAsLong() > 0
                        ? usable(new Price(index.getAsLong()), used, sources.size())
                        : unusable(previous);
        return new IndexPrice(
                definition.instrument(), state, nowNanos, used.size(), sources.size(), exclusions);
    }

    private static Optional<Price> freshMedian(
            List<IndexSource> sources, List<Optional<Observation>> newest, long nowNanos) {
        List<Price> fresh = new ArrayList<>(sources.size());
        for (int i = 0; i < sources.size(); i++) {
            long limit = sources.get(i).stalenessLimitNanos();
            newest.get(i)
                    .filter(seen -> seen.isFresh(nowNanos, limit))
                    .ifPresent(seen -> fresh.add(seen.price()));
        }
        return PriceAverages.median(fresh);
    }

    private static Optional<ExclusionReason> exclusion(
            IndexSource source,
            Optional<Observation> newest,
            Optional<Price> anchor,
            Rate outlierLimit,
            long nowNanos) {
        if (newest.isEmpty()) {
            return Optional.of(ExclusionReason.NEVER_SEEN);
        }
        Observation seen = newest.get();
        if (!seen.isFresh(nowNanos, source.stalenessLimitNanos())) {
            return Optional.of(ExclusionReason.STALE);
        }
        boolean outlier =
                anchor.map(median -> isOutlier(seen.price(), median, outlierLimit)).orElse(false);
        return outlier ? Optional.of(ExclusionReason.OUTLIER) : Optional.empty();
    }

    /** Whether |price − median| > limit × median, exactly; at the limit it stays (PRIC-022). */
    private static boolean isOutlier(Price price, Price median, Rate limit) {
        long distance = Math.abs(Math.subtractExact(price.e8(), median.e8()));
        return FixedPoint.compareProducts(distance, FixedPoint.ONE_PPM, limit.ppm(), median.e8())
                > 0;
    }

    /** The mark price is the index: the venue's own book has no influence (PRIC-026). */
    private static PriceState usable(Price index, Participants used, int configured) {
        return used.size() == configured
                ? new PriceState.Fresh(index, index, used.newestTimeNanos())
                : new PriceState.Degraded(index, index, used.newestTimeNanos());
    }

    private static PriceState unusable(PriceState previous) {
        return switch (previous) {
            case PriceState.Fresh(Price index, Price mark, long time) ->
                    new PriceState.Stale(index, mark, time);
            case PriceState.Degraded(Price index, Price mark, long time) ->
                    new PriceState.Stale(index, mark, time);
            case PriceState.Stale stale -> stale;
            case PriceState.Missing missing -> missing;
        };
    }

    /** The sources that take part, kept in order of their price. */
    private static final class Participants {
        private final long[] prices;
        private final long[] weights;
        private int size;
        private long totalWeight;
        private long newestTimeNanos;

        Participants(int capacity) {
            prices = new long[capacity];
            weights = new long[capacity];
        }

        void add(Observation seen, long weight) {
            long price = seen.price().e8();
            int place = size;
            while (place > 0 && prices[place - 1] > price) {
                prices[place] = prices[place - 1];
                weights[place] = weights[place - 1];
                place--;
            }
            prices[place] = price;
            weights[place] = weight;
            totalWeight = Math.addExact(totalWeight, weight);
            newestTimeNanos =
                    size == 0 ? seen.timeNanos() : Math.max(newestTimeNanos, seen.timeNanos());
            size++;
        }

        int size() {
            return size;
        }

        long newestTimeNanos() {
            return newestTimeNanos;
        }

        /**
         * The lowest price at which more than half of the weight is reached; where exactly half is
         * reached, the mean of that price and the next. Rounded once, half-even, to the tick.
         */
        OptionalLong weightedMedian(Price tickSize) {
            long cumulative = 0;
            for (int i = 0; i < size; i++) {
                cumulative = Math.addExact(cumulative, weights[i]);
                int half = Long.compare(cumulative, totalWeight - cumulative);
                if (half > 0) {
                    return OptionalLong.of(roundedMean(prices[i], prices[i], tickSize));
                }
                if (half == 0) {
                    return OptionalLong.of(roundedMean(prices[i], prices[i + 1], tickSize));
                }
            }
            return OptionalLong.empty();
        }

        private static long roundedMean(long a, long b, Price tickSize) {
            long ticks =
                    FixedPoint.mulDiv(
                            Math.addExact(a, b),
                            1,
                            Math.multiplyExact(2, tickSize.e8()),
                            Rounding.HALF_EVEN);
            return Math.multiplyExact(ticks, tickSize.e8());
        }
    }
}

package io.delever.engine.pricing;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rounding;
import java.util.OptionalLong;

/** The sources that take part in one index, kept in order of their price. */
final class Participants {
    private final long[] prices;
    private final long[] weights;
    private final long[] fixedWeights;
    private final long[] capsPpm;
    private int size;
    private long newestTimeNanos;

    Participants(int capacity) {
        prices = new long[capacity];
        weights = new long[capacity];
        fixedWeights = new long[capacity];
        capsPpm = new long[capacity];
    }

    /**
     * Adds a source.
     *
     * @param priceE8 its price in the quote of the index
     * @param weight its weight, 0 or more
     * @param fixedWeight its weight where all others are 0, above 0
     * @param capPpm greatest share of its weight
     */
    void add(long priceE8, long weight, long fixedWeight, long capPpm) {
        int place = size;
        while (place > 0 && isAfter(prices[place - 1], weights[place - 1], priceE8, weight)) {
            prices[place] = prices[place - 1];
            weights[place] = weights[place - 1];
            fixedWeights[place] = fixedWeights[place - 1];
            capsPpm[place] = capsPpm[place - 1];
            place--;
        }
        prices[place] = priceE8;
        weights[place] = weight;
        fixedWeights[place] = fixedWeight;
        capsPpm[place] = capPpm;
        size++;
    }

    /** Equal prices stand in order of their weight, so that no order of arrival matters. */
    private static boolean isAfter(long price, long weight, long otherPrice, long otherWeight) {
        return price > otherPrice || (price == otherPrice && weight > otherWeight);
    }

    void seenAt(long timeNanos) {
        newestTimeNanos = Math.max(newestTimeNanos, timeNanos);
    }

    int size() {
        return size;
    }

    long newestTimeNanos() {
        return newestTimeNanos;
    }

    /** Their average, rounded once, half-even, to the tick; empty of none. */
    OptionalLong average(IndexAverage average, Price tickSize) {
        long[] shares =
                WeightCaps.apply(total(weights) == 0 ? fixedWeights : weights, capsPpm, size);
        return switch (average) {
            case WEIGHTED_MEDIAN -> weightedMedian(shares, tickSize);
            case WEIGHTED_MEAN -> weightedMean(shares, tickSize);
        };
    }

    private long total(long[] each) {
        long sum = 0;
        for (int i = 0; i < size; i++) {
            sum = Math.addExact(sum, each[i]);
        }
        return sum;
    }

    /**
     * The lowest price at which more than half of the weight is reached; where exactly half is
     * reached, the mean of that price and the next one with a weight.
     */
    private OptionalLong weightedMedian(long[] shares, Price tickSize) {
        long total = total(shares);
        long cumulative = 0;
        for (int i = 0; i < size; i++) {
            cumulative = Math.addExact(cumulative, shares[i]);
            int half = Long.compare(cumulative, total - cumulative);
            if (half > 0) {
                return OptionalLong.of(roundedMean(prices[i], prices[i], tickSize));
            }
            if (half == 0 && shares[i] > 0) {
                return OptionalLong.of(roundedMean(prices[i], prices[nextOf(i, shares)], tickSize));
            }
        }
        return OptionalLong.empty();
    }

    private static int nextOf(int place, long[] shares) {
        int next = place + 1;
        while (shares[next] == 0) {
            next++;
        }
        return next;
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

    private OptionalLong weightedMean(long[] shares, Price tickSize) {
        long total = total(shares);
        if (total == 0) {
            return OptionalLong.empty();
        }
        ProductSum sum = new ProductSum();
        for (int i = 0; i < size; i++) {
            sum.add(prices[i], shares[i]);
        }
        return OptionalLong.of(
                Math.multiplyExact(sum.dividedHalfEven(total, tickSize.e8()), tickSize.e8()));
    }
}

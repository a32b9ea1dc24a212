package io.delever.engine.deleveraging;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Rounding;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Exact division of a whole number of units among holders with weights and caps (ADLQ-005,
 * ADLQ-006, ADLQ-011).
 */
public final class Shares {
    private Shares() {}

    /** A total order of holders, given by their places. */
    @FunctionalInterface
    public interface PlaceOrder {
        /** Negative where the holder at place {@code i} comes before the one at {@code j}. */
        int compare(int i, int j);
    }

    /**
     * Takes from the first holder up to its cap, then from the next, until {@code total} is met.
     */
    public static long[] inOrder(long total, long[] caps) {
        requireNotNegative("total", total);
        long[] shares = new long[caps.length];
        long left = total;
        for (int i = 0; i < caps.length && left > 0; i++) {
            requireNotNegative("cap", caps[i]);
            shares[i] = Math.min(caps[i], left);
            left -= shares[i];
        }
        return shares;
    }

    /**
     * Shares {@code total} in proportion to the weights, none above its cap: every holder below its
     * cap has the same share per weight, up to one unit. Units that remain go by largest remainder,
     * ties by {@code ties}.
     *
     * @param total units to share, ≥ 0
     * @param weights one per holder, &gt; 0; their sum must fit a long
     * @param caps greatest share of each holder, ≥ 0
     * @param ties a total order of the holders
     * @return the shares; their sum is the smaller of {@code total} and the sum of the caps
     * @throws ArithmeticException where the weights overflow
     */
    public static long[] waterFilling(long total, long[] weights, long[] caps, PlaceOrder ties) {
        requireNotNegative("total", total);
        int n = weights.length;
        long[] shares = new long[n];
        long weightLeft = 0;
        for (int i = 0; i < n; i++) {
            if (weights[i] <= 0) {
                throw new IllegalArgumentException(
                        "weight " + i + " is " + weights[i] + ", must be greater than 0");
            }
            requireNotNegative("cap", caps[i]);
            weightLeft = Math.addExact(weightLeft, weights[i]);
        }
        // Smallest cap per weight first: whoever is capped at this water level comes before whoever
        // is not.
        int[] byLevel =
                sorted(
                        n,
                        (i, j) ->
                                FixedPoint.compareProducts(
                                        caps[i], weights[j], caps[j], weights[i]));
        long left = total;
        int place = 0;
        while (place < n) {
            int i = byLevel[place];
            if (FixedPoint.compareProducts(caps[i], weightLeft, left, weights[i]) > 0) {
                break;
            }
            shares[i] = caps[i];
            left -= caps[i];
            weightLeft -= weights[i];
            place++;
        }
        if (place < n) {
            int[] open = Arrays.copyOfRange(byLevel, place, n);
            long[] remainders = new long[n];
            long rest = left;
            for (int i : open) {
                shares[i] = FixedPoint.mulDiv(left, weights[i], weightLeft, Rounding.FLOOR);
                // Exact although the products wrap: the true remainder is below weightLeft.
                remainders[i] = left * weights[i] - shares[i] * weightLeft;
                rest -= shares[i];
            }
            handOut(rest, open, remainders, shares, ties);
        }
        return shares;
    }

    /**
     * One unit each for the {@code units} holders with the largest remainders; there are more
     * holders than units.
     */
    private static void handOut(
            long units, int[] holders, long[] remainders, long[] shares, PlaceOrder ties) {
        Arrays.stream(holders)
                .boxed()
                .sorted(
                        Comparator.comparingLong((Integer i) -> remainders[i])
                                .reversed()
                                .thenComparing(ties::compare))
                .limit(units)
                .forEach(i -> shares[i]++);
    }

    private static int[] sorted(int n, PlaceOrder order) {
        return IntStream.range(0, n)
                .boxed()
                .sorted(order::compare)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static void requireNotNegative(String what, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(what + " is " + value + ", must be at least 0");
        }
    }
}

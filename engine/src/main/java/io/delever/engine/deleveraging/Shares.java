package io.delever.engine.deleveraging;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Rounding;
import java.util.Arrays;

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
        int[] byLevel = RatioOrder.ascending(caps, weights, (i, j) -> 0);
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
     * Shares {@code total} in proportion to the weights without looking at the caps, and then cuts
     * each share at its cap: what is cut stays unshared (ADLQ-041). Units go by largest remainder,
     * ties by {@code ties}.
     *
     * @param total units to share, ≥ 0
     * @param weights one per holder, &gt; 0; their sum must fit a long
     * @param caps greatest share of each holder, ≥ 0
     */
    public static long[] proportional(long total, long[] weights, long[] caps, PlaceOrder ties) {
        long[] boundless = new long[weights.length];
        Arrays.fill(boundless, Math.max(total, 1));
        long[] shares = waterFilling(total, weights, boundless, ties);
        for (int i = 0; i < shares.length; i++) {
            requireNotNegative("cap", caps[i]);
            shares[i] = Math.min(shares[i], caps[i]);
        }
        return shares;
    }

    /**
     * One unit each for the {@code units} holders with the largest remainders; there are more
     * holders than units.
     */
    private static void handOut(
            long units, int[] holders, long[] remainders, long[] shares, PlaceOrder ties) {
        for (int place : largest((int) units, holders, remainders, ties)) {
            shares[place]++;
        }
    }

    /** So many of the places, those with the largest remainders, ties by {@code ties}. */
    static int[] largest(int count, int[] places, long[] remainders, PlaceOrder ties) {
        if (count >= places.length) {
            return places;
        }
        if (count == 0) {
            return new int[0];
        }
        long[] ordered = Arrays.stream(places).mapToLong(place -> remainders[place]).toArray();
        Arrays.sort(ordered);
        long border = ordered[ordered.length - count];
        int[] above = Arrays.stream(places).filter(i -> remainders[i] > border).toArray();
        int[] at = Arrays.stream(places).filter(i -> remainders[i] == border).toArray();
        int[] chosen = Arrays.copyOf(above, count);
        System.arraycopy(sorted(at, ties), 0, chosen, above.length, count - above.length);
        return chosen;
    }

    /**
     * The places in order; those that compare as equal keep their order. Merges runs of doubling
     * length without boxing, because a round may have a hundred thousand holders.
     */
    static int[] sorted(int[] places, PlaceOrder order) {
        int[] from = places.clone();
        int[] to = new int[from.length];
        for (int run = 1; run < from.length; run *= 2) {
            for (int start = 0; start < from.length; start += 2 * run) {
                int middle = Math.min(start + run, from.length);
                int end = Math.min(middle + run, from.length);
                merge(from, to, new int[] {start, middle, end}, order);
            }
            int[] swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    private static void merge(int[] from, int[] to, int[] bounds, PlaceOrder order) {
        int left = bounds[0];
        int right = bounds[1];
        if (right == bounds[2] || order.compare(from[right - 1], from[right]) <= 0) {
            System.arraycopy(from, left, to, left, bounds[2] - left);
            return;
        }
        for (int k = bounds[0]; k < bounds[2]; k++) {
            boolean fromLeft =
                    right >= bounds[2]
                            || (left < bounds[1] && order.compare(from[left], from[right]) <= 0);
            to[k] = fromLeft ? from[left++] : from[right++];
        }
    }

    private static void requireNotNegative(String what, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(what + " is " + value + ", must be at least 0");
        }
    }
}

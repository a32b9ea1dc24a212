package io.delever.engine.deleveraging;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Rounding;
import java.util.Arrays;

/**
 * Puts a hundred thousand fractions in their exact order quickly (ADLQ-048): by a key that never
 * contradicts the order, and where keys are equal by exact comparison.
 */
final class RatioOrder {
    // A key has a sign, 7 bits of magnitude and 35 further bits; the place fills the rest.
    private static final int DIGITS = 35;
    private static final int PLACE_BITS = 21;
    private static final int MIDDLE = 64;

    private final long[] numerators;
    private final long[] denominators;
    private final Shares.PlaceOrder ties;

    private RatioOrder(long[] numerators, long[] denominators, Shares.PlaceOrder ties) {
        this.numerators = numerators;
        this.denominators = denominators;
        this.ties = ties;
    }

    /**
     * The places by numerator ÷ denominator, smallest first, equal ones by {@code ties} and then by
     * place.
     *
     * @param numerators any but {@link Long#MIN_VALUE}
     * @param denominators each &gt; 0
     */
    static int[] ascending(long[] numerators, long[] denominators, Shares.PlaceOrder ties) {
        return new RatioOrder(numerators, denominators, ties).ascending();
    }

    private int[] ascending() {
        int n = numerators.length;
        int[] places = new int[n];
        if (n > 1 << PLACE_BITS) {
            Arrays.setAll(places, i -> i);
            return Shares.sorted(places, this::compare);
        }
        long[] keys = new long[n];
        for (int i = 0; i < n; i++) {
            keys[i] = (key(numerators[i], denominators[i]) << PLACE_BITS) | i;
        }
        Arrays.sort(keys);
        for (int i = 0; i < n; i++) {
            places[i] = (int) (keys[i] & ((1 << PLACE_BITS) - 1));
        }
        int start = 0;
        for (int i = 1; i <= n; i++) {
            if (i == n || keys[i] >> PLACE_BITS != keys[start] >> PLACE_BITS) {
                if (i - start > 1) {
                    int[] equal = Arrays.copyOfRange(places, start, i);
                    System.arraycopy(
                            Shares.sorted(equal, this::compare), 0, places, start, i - start);
                }
                start = i;
            }
        }
        return places;
    }

    private int compare(int i, int j) {
        int byRatio =
                FixedPoint.compareProducts(
                        numerators[i], denominators[j], numerators[j], denominators[i]);
        return byRatio != 0 ? byRatio : ties.compare(i, j);
    }

    /**
     * The quotient, cut to its first 36 binary digits and written with its magnitude in front: a
     * greater quotient never has a smaller key.
     */
    private static long key(long numerator, long denominator) {
        if (numerator == 0) {
            return 0;
        }
        long magnitude = Math.absExact(numerator);
        int up = Long.numberOfLeadingZeros(magnitude) - 1;
        int down = Long.numberOfLeadingZeros(denominator) - 1;
        long top = magnitude << up;
        long bottom = denominator << down;
        boolean isBelowOne = top < bottom;
        long digits =
                FixedPoint.mulDiv(
                        top, 1L << (isBelowOne ? DIGITS + 1 : DIGITS), bottom, Rounding.FLOOR);
        long exponent = (long) down - up + MIDDLE - (isBelowOne ? 1 : 0);
        long key = (exponent << DIGITS) | (digits - (1L << DIGITS));
        return numerator < 0 ? -key : key;
    }
}

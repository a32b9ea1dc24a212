package io.delever.engine.deleveraging;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Rounding;
import java.util.stream.IntStream;

/**
 * Takes from those with the highest leverage until all that were reduced stand at one level, the
 * lowest that the total reaches (ADLQ-043; the minimax policy of Campbell, Hey, Moallemi and Nutz,
 * "Risk-Based Auto-Deleveraging", arXiv 2603.15963). Nothing about the distribution of future
 * prices enters.
 *
 * <p>At level η a holder has given (exposure − η × equity) ÷ unit, at least nothing and at most its
 * cap. The level falls from the highest leverage until the total is met; it may fall below zero,
 * where exposures of the other sign are increased, all to the same leverage (ADLQ-044).
 */
final class LeverageDraining {
    private final Holders holders;
    private final long unit;
    private final long[] caps;
    private final long[] shares;

    /** Who may be reduced: exposure and equity of each, by place. */
    static final class Holders {
        private final long[] exposures;
        private final long[] equities;

        /**
         * Keeps the arrays.
         *
         * @param exposures what each holder stands to lose by, in money; + where giving a unit
         *     reduces it, − where giving increases it
         * @param equities each &gt; 0
         */
        Holders(long[] exposures, long[] equities) {
            this.exposures = exposures;
            this.equities = equities;
        }

        long[] exposures() {
            return exposures;
        }

        long[] equities() {
            return equities;
        }
    }

    private LeverageDraining(Holders holders, long unit, long[] caps) {
        this.holders = holders;
        this.unit = unit;
        this.caps = caps;
        shares = new long[caps.length];
    }

    /**
     * The shares in units; their sum is the smaller of {@code total} and the sum of the caps. Units
     * that remain go by largest remainder within the caps, ties by {@code ties}.
     *
     * @param total units to take, ≥ 0
     * @param unit exposure of one unit, in money, &gt; 0
     * @param caps greatest share of each holder in units, ≥ 0
     * @throws ArithmeticException where exposures, equities or total × unit do not fit a long
     */
    static long[] share(
            long total, Holders holders, long unit, long[] caps, Shares.PlaceOrder ties) {
        if (total < 0 || unit <= 0) {
            throw new IllegalArgumentException(
                    "total must be >= 0 and unit > 0, are " + total + " and " + unit);
        }
        return new LeverageDraining(holders, unit, caps).share(total, ties);
    }

    private long[] share(long total, Shares.PlaceOrder ties) {
        int n = caps.length;
        // Place i < n is where holder i begins to give, place n + i where it has given its cap.
        long[] bounds = new long[2 * n];
        for (int i = 0; i < n; i++) {
            requireHolder(i);
            bounds[i] = holders.exposures[i];
            bounds[n + i] =
                    Math.subtractExact(holders.exposures[i], Math.multiplyExact(caps[i], unit));
        }
        long[] falling = new long[2 * n];
        long[] equities = new long[2 * n];
        for (int place = 0; place < 2 * n; place++) {
            falling[place] = Math.negateExact(bounds[place]);
            equities[place] = equityAt(place);
        }
        // From the highest level down; at the same level a holder begins before it ends.
        int[] places = RatioOrder.ascending(falling, equities, Integer::compare);
        long exposure = 0;
        long equity = 0;
        long left = total;
        for (int place : places) {
            long missing = Math.subtractExact(exposure, Math.multiplyExact(left, unit));
            if (FixedPoint.compareProducts(missing, equityAt(place), bounds[place], equity) >= 0) {
                settle(new Level(missing, equity, left), places, place, ties);
                return shares;
            }
            int holder = place % n;
            if (place < n) {
                exposure = Math.addExact(exposure, holders.exposures[holder]);
                equity = Math.addExact(equity, holders.equities[holder]);
            } else {
                exposure = Math.subtractExact(exposure, holders.exposures[holder]);
                equity -= holders.equities[holder];
                left -= caps[holder];
                shares[holder] = caps[holder];
            }
        }
        return shares;
    }

    private long equityAt(int place) {
        return holders.equities[place % caps.length];
    }

    /** The level is {@code exposure ÷ equity}; {@code left} is to be taken from those at it. */
    private record Level(long exposure, long equity, long left) {}

    /** Whoever has begun and is not at its cap when the level is reached gives down to it. */
    private void settle(Level level, int[] places, int stop, Shares.PlaceOrder ties) {
        if (level.left() == 0) {
            return;
        }
        int n = caps.length;
        boolean[] open = new boolean[n];
        for (int place : places) {
            if (place == stop) {
                break;
            }
            open[place % n] = place < n;
        }
        long[] remainders = new long[n];
        long rest = level.left();
        for (int i = 0; i < n; i++) {
            if (open[i]) {
                long kept =
                        FixedPoint.mulDiv(
                                level.exposure(),
                                holders.equities[i],
                                level.equity(),
                                Rounding.CEILING);
                long given = Math.max(0, Math.subtractExact(holders.exposures[i], kept));
                shares[i] = Math.min(given / unit, caps[i]);
                remainders[i] = given - Math.multiplyExact(shares[i], unit);
                rest -= shares[i];
            }
        }
        handOut(rest, open, remainders, ties);
    }

    /** Those at their cap are passed by, so that a second look may be needed. */
    private void handOut(long units, boolean[] open, long[] remainders, Shares.PlaceOrder ties) {
        long left = units;
        while (left > 0) {
            int[] places =
                    IntStream.range(0, caps.length)
                            .filter(i -> open[i] && shares[i] < caps[i])
                            .toArray();
            int count = (int) Math.min(left, places.length);
            for (int place : Shares.largest(count, places, remainders, ties)) {
                shares[place]++;
            }
            left -= count;
        }
    }

    private void requireHolder(int i) {
        if (holders.equities[i] <= 0 || caps[i] < 0) {
            throw new IllegalArgumentException(
                    "holder "
                            + i
                            + " needs equity > 0 and a cap >= 0, has "
                            + holders.equities[i]
                            + " and "
                            + caps[i]);
        }
    }
}

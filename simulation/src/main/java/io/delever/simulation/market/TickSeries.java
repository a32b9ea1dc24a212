package io.delever.simulation.market;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * Ticks in order of time; those of one instant keep the order in which they were added. Held in
 * plain arrays: a recorded crash has some 700,000 of them.
 */
public final class TickSeries {
    private static final int INDEX_BITS = 24;
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final List<SourceKey> sources;
    private final long[] timeNanos;
    private final int[] source;
    private final long[] priceE8;
    private final long[] sizeE8;

    private TickSeries(Builder from) {
        this.sources = List.copyOf(from.sources);
        int[] order = from.order();
        timeNanos = new long[order.length];
        source = new int[order.length];
        priceE8 = new long[order.length];
        sizeE8 = new long[order.length];
        for (int i = 0; i < order.length; i++) {
            timeNanos[i] = from.timeNanos[order[i]];
            source[i] = from.source[order[i]];
            priceE8[i] = from.priceE8[order[i]];
            sizeE8[i] = from.sizeE8[order[i]];
        }
    }

    /** Number of ticks. */
    public int size() {
        return timeNanos.length;
    }

    /** The markets; {@link #source(int)} is a place in this list. */
    public List<SourceKey> sources() {
        return sources;
    }

    /** When tick {@code i} was observed, nanoseconds since the Unix epoch. */
    public long timeNanos(int i) {
        return timeNanos[i];
    }

    /** Place of its market in {@link #sources()}. */
    public int source(int i) {
        return source[i];
    }

    /** Its price × 10⁸, above 0. */
    public long priceE8(int i) {
        return priceE8[i];
    }

    /** Traded size in base units × 10⁸, at least 0. */
    public long sizeE8(int i) {
        return sizeE8[i];
    }

    /** Price × 10⁸ of a market's first tick. */
    public OptionalLong firstPriceE8(int market) {
        for (int i = 0; i < source.length; i++) {
            if (source[i] == market) {
                return OptionalLong.of(priceE8[i]);
            }
        }
        return OptionalLong.empty();
    }

    /** Collects ticks in any order of time. */
    public static final class Builder {
        private static final int MOST_TICKS = 1 << INDEX_BITS;

        private final List<SourceKey> sources;
        private long[] timeNanos = new long[1024];
        private int[] source = new int[1024];
        private long[] priceE8 = new long[1024];
        private long[] sizeE8 = new long[1024];
        private int count;

        /** Ticks of these markets. */
        public Builder(List<SourceKey> sources) {
            this.sources = List.copyOf(sources);
        }

        /**
         * Adds a tick.
         *
         * @param market place in the list of markets
         * @param atNanos a whole number of milliseconds, in nanoseconds since the Unix epoch
         * @param price price × 10⁸
         * @param size size × 10⁸
         */
        public void add(int market, long atNanos, long price, long size) {
            if (count == MOST_TICKS) {
                throw new IllegalArgumentException("more than " + MOST_TICKS + " ticks");
            }
            if (count == timeNanos.length) {
                timeNanos = Arrays.copyOf(timeNanos, count * 2);
                source = Arrays.copyOf(source, count * 2);
                priceE8 = Arrays.copyOf(priceE8, count * 2);
                sizeE8 = Arrays.copyOf(sizeE8, count * 2);
            }
            source[count] = market;
            timeNanos[count] = atNanos;
            priceE8[count] = price;
            sizeE8[count] = size;
            count++;
        }

        /** The ticks in order. */
        public TickSeries build() {
            return new TickSeries(this);
        }

        private int[] order() {
            long first = Long.MAX_VALUE;
            for (int i = 0; i < count; i++) {
                first = Math.min(first, timeNanos[i]);
            }
            long[] keys = new long[count];
            for (int i = 0; i < count; i++) {
                keys[i] = ((timeNanos[i] - first) / NANOS_PER_MILLI) << INDEX_BITS | i;
            }
            Arrays.sort(keys);
            int[] order = new int[count];
            for (int i = 0; i < count; i++) {
                order[i] = (int) (keys[i] & (MOST_TICKS - 1));
            }
            return order;
        }
    }
}

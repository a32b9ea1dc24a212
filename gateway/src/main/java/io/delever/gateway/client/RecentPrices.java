package io.delever.gateway.client;

import io.delever.contracts.price.v1.PriceUpdate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Mark prices of the last hour in buckets of five seconds, so that a page opened in the middle of a
 * crash shows how it began. Only in memory, only for charts; a bucket without a usable price does
 * not exist (GATE-041).
 */
public final class RecentPrices {
    /** Length of a bucket in nanoseconds. */
    public static final long BUCKET_NANOS = 5_000_000_000L;

    /** Greatest number of buckets kept for one instrument. */
    public static final int MAX_BUCKETS = 720;

    private static final int MAX_INSTRUMENTS = 1_024;

    private final Map<String, Deque<Bucket>> series = new ConcurrentHashMap<>();

    /**
     * The marks of one bucket; prices are decimals times 10^8.
     *
     * @param startNanos start of the bucket, nanoseconds since the Unix epoch
     * @param openE8 first mark
     * @param highE8 greatest mark
     * @param lowE8 smallest mark
     * @param closeE8 last mark
     */
    public record Bucket(long startNanos, long openE8, long highE8, long lowE8, long closeE8) {
        private Bucket with(long priceE8) {
            return new Bucket(
                    startNanos,
                    openE8,
                    Math.max(highE8, priceE8),
                    Math.min(lowE8, priceE8),
                    priceE8);
        }
    }

    void add(PriceUpdate update) {
        switch (update.getState()) {
            case PRICE_STATE_FRESH, PRICE_STATE_DEGRADED -> {
                if (update.hasMarkPriceE8()) {
                    long time = Math.max(update.getComputedAtNanos(), update.getEventTimeNanos());
                    add(update.getInstrumentId(), time, update.getMarkPriceE8());
                }
            }
            case PRICE_STATE_STALE, PRICE_STATE_MISSING, PRICE_STATE_UNSPECIFIED, UNRECOGNIZED -> {}
        }
    }

    private void add(String instrumentId, long timeNanos, long priceE8) {
        if (series.size() >= MAX_INSTRUMENTS && !series.containsKey(instrumentId)) {
            return;
        }
        long start = Math.floorDiv(timeNanos, BUCKET_NANOS) * BUCKET_NANOS;
        series.compute(
                instrumentId,
                (id, known) -> {
                    Deque<Bucket> buckets = known == null ? new ArrayDeque<>() : known;
                    if (buckets.isEmpty() || buckets.getLast().startNanos() < start) {
                        buckets.addLast(new Bucket(start, priceE8, priceE8, priceE8, priceE8));
                        if (buckets.size() > MAX_BUCKETS) {
                            buckets.removeFirst();
                        }
                    } else {
                        buckets.addLast(buckets.removeLast().with(priceE8));
                    }
                    return buckets;
                });
    }

    /** The buckets of an instrument, oldest first; empty where there was no usable price. */
    public List<Bucket> of(String instrumentId) {
        List<List<Bucket>> copy = new ArrayList<>(1);
        series.computeIfPresent(
                instrumentId,
                (id, buckets) -> {
                    copy.add(List.copyOf(buckets));
                    return buckets;
                });
        return copy.isEmpty() ? List.of() : copy.getFirst();
    }
}

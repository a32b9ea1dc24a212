package io.delever.gateway.auth;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One bucket of cost for each client: a call takes its cost out, time fills the bucket again. Of
 * many clients the least recently seen are forgotten, which gives them a full bucket (GATE-065).
 */
public final class RateLimiter {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int MAX_CLIENTS = 10_000;

    private final int perSecond;
    private final long burstNanos;
    // For each client the time at which its bucket is full again. One unit of cost takes
    // NANOS_PER_SECOND / perSecond to come back, so a bucket needs no number besides this one.
    private final Map<String, Long> fullAt =
            new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                    return size() > MAX_CLIENTS;
                }
            };

    /**
     * Limits.
     *
     * @param perSecond units that come back in a second, > 0
     * @param burst units in a full bucket, > 0
     */
    public RateLimiter(int perSecond, int burst) {
        if (perSecond <= 0 || burst <= 0) {
            throw new IllegalArgumentException(
                    "calls per second and burst must be greater than 0, they are "
                            + perSecond
                            + " and "
                            + burst);
        }
        this.perSecond = perSecond;
        this.burstNanos = Math.multiplyExact((long) burst, NANOS_PER_SECOND) / perSecond;
    }

    /**
     * Takes the cost of a call.
     *
     * @param nowNanos a monotonic or wall clock time
     * @return how long to wait where there is not enough left; empty where the cost was taken
     */
    public synchronized Optional<Duration> take(String client, int cost, long nowNanos) {
        long full = Math.max(nowNanos, fullAt.getOrDefault(client, nowNanos));
        long nanos = costNanos(cost);
        long after = full + nanos;
        long missing = after - nowNanos - Math.max(burstNanos, nanos);
        if (missing > 0) {
            return Optional.of(Duration.ofNanos(missing));
        }
        fullAt.put(client, after);
        return Optional.empty();
    }

    /** Divided up: a cost is never cheaper than it is. */
    private long costNanos(int cost) {
        return Math.ceilDiv(Math.multiplyExact((long) cost, NANOS_PER_SECOND), perSecond);
    }
}

package io.delever.simulation.demo;

import io.delever.simulation.venue.VenueTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The two times of a replay: the market's, which the feeder moves at the replay's speed, and the
 * present, which is stamped on everything that goes to the services.
 */
public final class ReplayClock {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final InstantSource present;
    private final AtomicLong marketNanos;
    private final AtomicLong lastStamp = new AtomicLong();

    /**
     * A clock at the start of the market.
     *
     * @param present names the present
     * @param startNanos first market time
     */
    public ReplayClock(InstantSource present, long startNanos) {
        this.present = present;
        this.marketNanos = new AtomicLong(startNanos);
    }

    /** The market's time now. */
    public long marketNanos() {
        return marketNanos.get();
    }

    /** The market has come this far; it never goes back. */
    public void market(long nanos) {
        marketNanos.accumulateAndGet(nanos, Math::max);
    }

    /** The present in nanoseconds since the Unix epoch; never less than what it returned before. */
    public long presentNanos() {
        Instant now = present.instant();
        long nanos =
                Math.addExact(
                        Math.multiplyExact(now.getEpochSecond(), NANOS_PER_SECOND), now.getNano());
        return lastStamp.accumulateAndGet(nanos, Math::max);
    }

    /** Both, for the paper venue. */
    public VenueTime venueTime() {
        return new VenueTime(marketNanos(), presentNanos());
    }
}

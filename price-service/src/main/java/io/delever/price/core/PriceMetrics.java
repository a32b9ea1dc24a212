package io.delever.price.core;

import io.delever.engine.pricing.IndexPrice;
import io.delever.engine.pricing.Tick;
import io.delever.engine.pricing.TickRejectionReason;
import java.util.Collection;

/** What the core tells about itself. Called by the writer; must not block or throw. */
public interface PriceMetrics {
    /**
     * A tick was taken.
     *
     * @param lagNanos now − its event time, negative where the venue's clock is ahead
     */
    void tickAccepted(Tick tick, long lagNanos);

    /** A tick was rejected. */
    void tickRejected(Tick tick, TickRejectionReason reason);

    /** A batch found no room. */
    void batchRefused(int ticks);

    /** Changes were published; {@code all} are the newest prices of every instrument. */
    void published(int changes, Collection<IndexPrice> all);

    /** Updates that a reader did not get because a newer price of the instrument replaced them. */
    void conflated(int updates);

    /** Candles were given up because the database was away for too long. */
    void candlesDropped(int candles);

    /** The engine raised an alarm. */
    void alarmRaised(AlarmKind kind);

    /** The number of readers changed. */
    void subscriptions(int open);
}

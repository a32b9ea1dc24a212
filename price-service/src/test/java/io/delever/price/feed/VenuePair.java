package io.delever.price.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.delever.engine.pricing.Tick;
import io.delever.price.Await;
import io.delever.price.core.FeedState;
import io.delever.price.core.FeedStatus;
import io.delever.price.feed.protocol.Feeds;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A venue that misbehaves, the feed that reads it over a real socket, and what came of it. */
final class VenuePair implements AutoCloseable {
    private static final FeedLimits QUICK =
            new FeedLimits(
                    Duration.ofSeconds(5),
                    Duration.ofMillis(5),
                    Duration.ofMillis(50),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(10),
                    Duration.ofMillis(2),
                    256);

    final String name;
    final BadVenue venue;
    final CountingMeter meter = new CountingMeter(false);
    final Ledger ledger = new Ledger();
    private final RunningFeed feed;

    /** Checks what is handed over as it comes: each number once and in order. */
    static final class Ledger implements TickSink {
        final AtomicLong taken = new AtomicLong();
        final AtomicLong first = new AtomicLong();
        final AtomicLong newest = new AtomicLong();
        final AtomicLong disorders = new AtomicLong();

        @Override
        public boolean offer(List<Tick> ticks) {
            for (Tick tick : ticks) {
                long number = tick.sizeE8() / 100_000_000;
                if (number <= newest.get()) {
                    disorders.incrementAndGet();
                }
                first.compareAndSet(0, number);
                newest.set(number);
                taken.incrementAndGet();
            }
            return true;
        }
    }

    /** Starts both; the venue sends as fast as the feed reads. */
    VenuePair(Vertx vertx, String name, long seed) {
        this.name = name;
        this.venue = new BadVenue(vertx, VenueTape.of(name), seed, 0);
        this.feed = start(vertx, name, venue.url(), ledger, meter);
    }

    /** A feed with short waits. */
    static RunningFeed start(
            Vertx vertx, String name, URI url, TickSink sink, CountingMeter meter) {
        return RunningFeed.start(
                new FeedSettings(name, url, Feeds.sample(name), QUICK),
                new RunningFeed.Ground(vertx, InstantSource.system(), System::nanoTime, 11),
                sink,
                meter);
    }

    /** Whether as much has gone wrong: cuts, and ten and five times as much of the rest. */
    boolean hasSuffered(int cuts) {
        return venue.cuts.get() >= cuts
                && venue.garbage.get() >= 10 * cuts
                && venue.repeated.get() >= 2 * cuts
                && venue.swapped.get() >= 2 * cuts;
    }

    /** Lets the venue be well, and then stop; everything that was sent is then accounted for. */
    void settle() {
        venue.behave();
        long from = venue.given.get();
        Await.until(name + " lives", () -> meter.isLive() && ledger.newest.get() > from);
        venue.end();
        Await.until(
                name + " has all",
                () ->
                        ledger.newest.get() == venue.given.get()
                                && meter.status().ticks() == ledger.taken.get());
        FeedStatus status = meter.status();
        assertThat(ledger.disorders.get()).as(name).isZero();
        assertThat(status.state()).as(name).isEqualTo(FeedState.LIVE);
        assertThat(status.restarts()).as(name).isZero();
        assertThat(ledger.taken.get() + status.missing())
                .as("%s: handed over and missing, %s", name, status)
                .isEqualTo(ledger.newest.get() - ledger.first.get() + 1);
        assertThat(status.connections()).as(name).isEqualTo(venue.connections.get());
    }

    @Override
    public void close() {
        feed.close();
        venue.close();
    }
}

package io.delever.price.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.delever.engine.pricing.Tick;
import io.delever.price.Await;
import io.delever.price.core.FeedRejection;
import io.delever.price.core.FeedState;
import io.delever.price.core.FeedStatus;
import io.delever.price.feed.protocol.Feeds;
import io.delever.testing.Covers;
import io.delever.testing.SeededTest;
import io.vertx.core.Vertx;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real sockets: feeds against venues on this machine that misbehave. */
class FeedReplayTest {
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
    private static final long MEBIBYTE = 1 << 20;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close();
    }

    /** Checks what is handed over as it comes: each number once and in order. */
    private static final class Ledger implements TickSink {
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

    /** One venue, its feed and what came of it. */
    private final class Pair implements AutoCloseable {
        final BadVenue venue;
        final RunningFeed feed;
        final CountingMeter meter = new CountingMeter(false);
        final Ledger ledger = new Ledger();
        final String name;

        Pair(String name, long seed, long pauseMillis) {
            this.name = name;
            this.venue = new BadVenue(vertx, VenueTape.of(name), seed, pauseMillis);
            this.feed = start(name, venue.url(), ledger, meter);
        }

        /**
         * Lets the venue be well, and then stop; everything that was sent is then accounted for.
         */
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

    private RunningFeed start(String name, URI url, TickSink sink, CountingMeter meter) {
        return RunningFeed.start(
                new FeedSettings(name, url, Feeds.sample(name), QUICK),
                new RunningFeed.Ground(vertx, InstantSource.system(), System::nanoTime, 11),
                sink,
                meter);
    }

    @SeededTest
    @Covers("FEED-028")
    void everythingIsHandedOverOnceOrCountedAsMissing(long seed) {
        for (String name : VenueTape.names()) {
            try (Pair pair = new Pair(name, seed, 0)) {
                Await.until(
                        name + " was cut and went on",
                        () ->
                                pair.venue.cuts.get() >= 2
                                        && pair.venue.garbage.get() >= 20
                                        && pair.venue.repeated.get() >= 5
                                        && pair.venue.swapped.get() >= 5);
                pair.settle();
                FeedStatus status = pair.meter.status();
                assertThat(status.losses()).as(name).isGreaterThanOrEqualTo(2);
                assertThat(status.late()).as(name).isGreaterThanOrEqualTo(2);
                assertThat(pair.meter.rejections).as(name).containsKey(FeedRejection.MALFORMED);
                assertThat(status.rejections())
                        .as(name)
                        .isLessThanOrEqualTo(pair.venue.garbage.get());
                assertThat(status.rejections()).as(name).isGreaterThanOrEqualTo(10);
            }
        }
    }

    @Test
    @Covers("FEED-013")
    void venueThatIsNotThereIsTriedAgainUntilItIs() {
        URI nowhere;
        try (BadVenue gone = new BadVenue(vertx, VenueTape.of("okx"), 1, 1)) {
            nowhere = gone.url();
        }
        CountingMeter meter = new CountingMeter();
        try (RunningFeed feed = start("okx", nowhere, new Ledger(), meter)) {
            assertThat(feed).isNotNull();
            Await.until("several attempts", () -> meter.status().losses() >= 3);
            assertThat(meter.status().lastTrouble().orElseThrow()).contains("localhost");
        }
        assertThat(meter.status().state()).isEqualTo(FeedState.CLOSED);
    }

    /** Ten minutes by {@code -Ddelever.soak=PT10M}, two seconds otherwise. */
    @Test
    @Covers("FEED-029")
    void soak() {
        long nanos = Duration.parse(System.getProperty("delever.soak", "PT2S")).toNanos();
        long begin = System.nanoTime();
        List<Pair> pairs = new ArrayList<>();
        try {
            for (String name : VenueTape.names()) {
                pairs.add(new Pair(name, 20_251_010, 0));
            }
            awaitLong("warm", () -> pairs.stream().allMatch(each -> each.venue.cuts.get() >= 2));
            long before = usedAfterCollection();
            awaitLong(
                    "the soak is over",
                    () ->
                            System.nanoTime() - begin > nanos
                                    && pairs.stream().allMatch(each -> each.venue.cuts.get() >= 4));
            long growth = usedAfterCollection() - before;
            pairs.forEach(Pair::settle);
            report(pairs, growth, System.nanoTime() - begin);
            assertThat(growth).as("bytes grown").isLessThan(32 * MEBIBYTE);
        } finally {
            pairs.forEach(Pair::close);
        }
    }

    private static void awaitLong(String what, BooleanSupplier condition) {
        io.delever.testing.Await.until(what, Duration.ofMinutes(30), condition::getAsBoolean);
    }

    private static long usedAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void report(List<Pair> pairs, long growth, long nanos) {
        System.out.printf(
                "soak of %d s, heap grown by %d KiB%n", nanos / 1_000_000_000, growth / 1024);
        for (Pair pair : pairs) {
            FeedStatus status = pair.meter.status();
            System.out.printf(
                    "%-18s given %d, handed over %d, missing %d, late %d, rejected %d, cuts %d,"
                            + " connections %d%n",
                    pair.name,
                    pair.venue.given.get(),
                    status.ticks(),
                    status.missing(),
                    status.late(),
                    status.rejections(),
                    pair.venue.cuts.get(),
                    status.connections());
        }
    }
}

package io.delever.price.core;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.VenueId;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
import io.delever.engine.pricing.CandleInterval;
import io.delever.engine.pricing.IndexDefinition;
import io.delever.engine.pricing.IndexPrice;
import io.delever.engine.pricing.IndexSource;
import io.delever.engine.pricing.PricingLimits;
import io.delever.engine.pricing.SourceId;
import io.delever.engine.pricing.Tick;
import io.delever.engine.pricing.TickRejectionReason;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Words for tests of the core. */
final class CoreFixture {
    static final StreamSettings STREAM =
            new StreamSettings(Duration.ofMillis(1), Duration.ofSeconds(1), 3, 2);

    static final HistorySettings HISTORY =
            new HistorySettings(
                    Duration.ofMillis(10),
                    4,
                    Map.of(
                            CandleInterval.ONE_SECOND, Duration.ofMinutes(1),
                            CandleInterval.ONE_MINUTE, Duration.ofHours(1),
                            CandleInterval.FIVE_MINUTES, Duration.ofHours(2),
                            CandleInterval.ONE_HOUR, Duration.ofDays(1)));

    private CoreFixture() {}

    static CoreSettings settings(QueueLimits queue) {
        return new CoreSettings(
                new PricingLimits(Price.parse("1000000"), 1_000_000_000L, 5),
                queue,
                STREAM,
                HISTORY,
                3);
    }

    static IndexDefinition definition(String instrument, String... venues) {
        return new IndexDefinition(
                new InstrumentId(instrument),
                Stream.of(venues)
                        .map(
                                venue ->
                                        new IndexSource(
                                                new SourceId(new VenueId(venue), "X"),
                                                1,
                                                10_000_000_000L))
                        .toList(),
                1,
                Rate.parse("0.05"),
                Price.parse("0.01"));
    }

    static Tick tick(String venue, long wholePrice, long timeNanos) {
        return new Tick(venue, "X", wholePrice * 100_000_000L, 0, timeNanos);
    }

    /** Counts what it is told. */
    static final class CountingMetrics implements PriceMetrics {
        final AtomicInteger refusedTicks = new AtomicInteger();
        final AtomicInteger conflated = new AtomicInteger();
        final AtomicInteger droppedCandles = new AtomicInteger();
        final Map<AlarmKind, Integer> alarms = new ConcurrentHashMap<>();
        final AtomicInteger open = new AtomicInteger();
        final AtomicInteger published = new AtomicInteger();

        @Override
        public void tickAccepted(Tick tick, long lagNanos) {}

        @Override
        public void tickRejected(Tick tick, TickRejectionReason reason) {}

        @Override
        public void batchRefused(int ticks) {
            refusedTicks.addAndGet(ticks);
        }

        @Override
        public void published(int changes, Collection<IndexPrice> all) {
            published.incrementAndGet();
        }

        @Override
        public void conflated(int updates) {
            conflated.addAndGet(updates);
        }

        @Override
        public void candlesDropped(int candles) {
            droppedCandles.addAndGet(candles);
        }

        @Override
        public void alarmRaised(AlarmKind kind) {
            alarms.merge(kind, 1, Math::addExact);
        }

        @Override
        public void subscriptions(int count) {
            open.set(count);
        }
    }

    static List<String> ids(List<IndexPrice> prices) {
        return prices.stream().map(price -> price.instrument().value()).toList();
    }
}

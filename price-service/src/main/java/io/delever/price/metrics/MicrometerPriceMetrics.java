package io.delever.price.metrics;

import io.delever.engine.market.PriceState;
import io.delever.engine.pricing.IndexPrice;
import io.delever.engine.pricing.Tick;
import io.delever.engine.pricing.TickRejectionReason;
import io.delever.price.core.AlarmKind;
import io.delever.price.core.PriceMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Meters of the price service. A venue becomes a label only where a definition names it. */
@Singleton
public class MicrometerPriceMetrics implements PriceMetrics {
    private final MeterRegistry registry;
    private final Map<String, VenueMeters> venues = new HashMap<>();
    private final Map<AlarmKind, Counter> alarms = new EnumMap<>(AlarmKind.class);
    private final Counter unknownSource;
    private final Counter refusedBatches;
    private final Counter refusedTicks;
    private final Counter conflations;
    private final Counter droppedCandles;
    private final DistributionSummary flushSize;
    private final AtomicInteger subscriptions;
    private final AtomicInteger fresh;
    private final AtomicInteger degraded;
    private final AtomicInteger stale;
    private final AtomicInteger missing;

    /** Registers what needs no label. */
    MicrometerPriceMetrics(MeterRegistry registry) {
        this.registry = registry;
        unknownSource =
                registry.counter(
                        "delever.price.ticks",
                        Tags.of("venue", "unknown", "outcome", "unknown_source"));
        refusedBatches = registry.counter("delever.price.batches.refused");
        refusedTicks = registry.counter("delever.price.ticks.refused");
        conflations = registry.counter("delever.price.stream.conflations");
        droppedCandles = registry.counter("delever.price.history.dropped");
        flushSize = registry.summary("delever.price.flush.updates");
        subscriptions = count(registry, "delever.price.stream.subscribers", Tags.empty());
        fresh = state("fresh");
        degraded = state("degraded");
        stale = state("stale");
        missing = state("missing");
        for (AlarmKind kind : AlarmKind.values()) {
            alarms.put(kind, alarms(kind));
        }
    }

    private AtomicInteger state(String state) {
        return count(registry, "delever.price.instruments", Tags.of("state", state));
    }

    private static AtomicInteger count(MeterRegistry registry, String name, Tags tags) {
        AtomicInteger value = new AtomicInteger();
        registry.gauge(name, tags, value);
        return value;
    }

    @Override
    public void tickAccepted(Tick tick, long lagNanos) {
        VenueMeters meters = venue(tick.venue());
        meters.accepted.increment();
        meters.lag.record(Duration.ofNanos(Math.max(0, lagNanos)));
    }

    @Override
    public void tickRejected(Tick tick, TickRejectionReason reason) {
        if (reason == TickRejectionReason.UNKNOWN_SOURCE) {
            unknownSource.increment();
        } else {
            venue(tick.venue()).rejected(reason).increment();
        }
    }

    private VenueMeters venue(String venue) {
        return venues.computeIfAbsent(venue, name -> new VenueMeters(registry, name));
    }

    @Override
    public void batchRefused(int ticks) {
        refusedBatches.increment();
        refusedTicks.increment(ticks);
    }

    @Override
    public void published(int changes, Collection<IndexPrice> all) {
        if (changes == 0) {
            return;
        }
        flushSize.record(changes);
        int[] counts = new int[4];
        for (IndexPrice price : all) {
            counts[place(price.state())]++;
        }
        fresh.set(counts[0]);
        degraded.set(counts[1]);
        stale.set(counts[2]);
        missing.set(counts[3]);
    }

    private static int place(PriceState state) {
        return switch (state) {
            case PriceState.Fresh known -> 0;
            case PriceState.Degraded known -> 1;
            case PriceState.Stale known -> 2;
            case PriceState.Missing known -> 3;
        };
    }

    @Override
    public void conflated(int updates) {
        conflations.increment(updates);
    }

    @Override
    public void candlesDropped(int candles) {
        droppedCandles.increment(candles);
    }

    private Counter alarms(AlarmKind kind) {
        return registry.counter(
                "delever.price.alarms", Tags.of("kind", kind.name().toLowerCase(Locale.ROOT)));
    }

    @Override
    public void alarmRaised(AlarmKind kind) {
        alarms.computeIfAbsent(kind, this::alarms).increment();
    }

    @Override
    public void subscriptions(int open) {
        subscriptions.set(open);
    }

    private static final class VenueMeters {
        private final MeterRegistry registry;
        private final String venue;
        private final Counter accepted;
        private final Timer lag;
        private final Map<TickRejectionReason, Counter> rejected = new HashMap<>();

        VenueMeters(MeterRegistry registry, String venue) {
            this.registry = registry;
            this.venue = venue;
            this.accepted = counter("accepted");
            this.lag =
                    Timer.builder("delever.price.tick.lag")
                            .description("Time from the venue's event to the price loop")
                            .tag("venue", venue)
                            .publishPercentiles(0.5, 0.99)
                            .register(registry);
        }

        Counter rejected(TickRejectionReason reason) {
            return rejected.computeIfAbsent(
                    reason, each -> counter(each.name().toLowerCase(Locale.ROOT)));
        }

        private Counter counter(String outcome) {
            return registry.counter(
                    "delever.price.ticks", Tags.of("venue", venue, "outcome", outcome));
        }
    }
}

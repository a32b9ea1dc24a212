package io.delever.price.metrics;

import io.delever.price.core.FeedMessageKind;
import io.delever.price.core.FeedMeter;
import io.delever.price.core.FeedMetrics;
import io.delever.price.core.FeedRejection;
import io.delever.price.core.FeedState;
import io.delever.price.core.FeedStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;

/** Meters of the feeds, each with the label {@code feed}. */
@Singleton
public class MicrometerFeedMetrics implements FeedMetrics {
    private static final double NANOS_PER_SECOND = 1e9;

    private final MeterRegistry registry;
    private final Map<String, Meters> feeds = new ConcurrentSkipListMap<>();

    MicrometerFeedMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public FeedMeter meter(String feed) {
        return feeds.computeIfAbsent(feed, name -> new Meters(registry, name));
    }

    @Override
    public List<FeedStatus> statuses() {
        return feeds.values().stream()
                .map(meters -> meters.status)
                .flatMap(Optional::stream)
                .toList();
    }

    private static final class Meters implements FeedMeter {
        private final MeterRegistry registry;
        private final Tags tags;
        private final Map<FeedMessageKind, Counter> messages = new EnumMap<>(FeedMessageKind.class);
        private final Map<FeedRejection, Counter> rejections = new EnumMap<>(FeedRejection.class);
        private final Timer lag;
        private final Counter gaps;
        private final Counter missing;
        private final Counter late;
        private final Counter restarts;
        private final Counter losses;
        private final Counter refused;
        private volatile Optional<FeedStatus> status = Optional.empty();

        Meters(MeterRegistry registry, String feed) {
            this.registry = registry;
            this.tags = Tags.of("feed", feed);
            this.lag =
                    Timer.builder("delever.feed.lag")
                            .description("Time from the venue's event to its arrival here")
                            .tags(tags)
                            .publishPercentiles(0.5, 0.99)
                            .register(registry);
            this.gaps = counter("gaps");
            this.missing = counter("missing");
            this.late = counter("late");
            this.restarts = counter("restarts");
            this.losses = counter("losses");
            this.refused = counter("ticks.refused");
            gauge("live", each -> OptionalLong.of(each.state() == FeedState.LIVE ? 1 : 0), 1);
            gauge("markets.quiet", each -> OptionalLong.of(each.quietMarkets()), 1);
            gauge("clock.ahead.seconds", FeedStatus::clockAheadNanos, NANOS_PER_SECOND);
            gauge("round.trip.seconds", FeedStatus::roundTripNanos, NANOS_PER_SECOND);
        }

        private Counter counter(String name) {
            return registry.counter("delever.feed." + name, tags);
        }

        private void gauge(String name, Function<FeedStatus, OptionalLong> value, double unit) {
            Gauge.builder("delever.feed." + name, this, meters -> meters.read(value, unit))
                    .tags(tags)
                    .register(registry);
        }

        private double read(Function<FeedStatus, OptionalLong> value, double unit) {
            OptionalLong found = status.map(value).orElse(OptionalLong.empty());
            return found.isPresent() ? (double) found.getAsLong() / unit : Double.NaN;
        }

        private Counter labelled(String name, String label, Enum<?> value) {
            return registry.counter(
                    "delever.feed." + name, tags.and(label, value.name().toLowerCase(Locale.ROOT)));
        }

        @Override
        public void message(FeedMessageKind kind) {
            messages.computeIfAbsent(kind, each -> labelled("messages", "kind", each)).increment();
        }

        @Override
        public void rejected(FeedRejection reason, int count) {
            rejections
                    .computeIfAbsent(reason, each -> labelled("rejections", "reason", each))
                    .increment(count);
        }

        @Override
        public void delay(long delayNanos) {
            lag.record(Duration.ofNanos(Math.max(0, delayNanos)));
        }

        @Override
        public void gap(long numbers) {
            gaps.increment();
            missing.increment((double) numbers);
        }

        @Override
        public void late() {
            late.increment();
        }

        @Override
        public void restarted() {
            restarts.increment();
        }

        @Override
        public void lost() {
            losses.increment();
        }

        @Override
        public void refused(int ticks) {
            refused.increment(ticks);
        }

        @Override
        public void status(FeedStatus newest) {
            status = Optional.of(newest);
        }
    }
}

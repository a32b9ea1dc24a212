package io.delever.price.app;

import io.delever.engine.market.VenueId;
import io.delever.engine.money.Quantity;
import io.delever.engine.pricing.SourceId;
import io.delever.price.core.FeedMetrics;
import io.delever.price.core.PriceCore;
import io.delever.price.core.TickBatch;
import io.delever.price.feed.FeedLimits;
import io.delever.price.feed.FeedSettings;
import io.delever.price.feed.RunningFeed;
import io.delever.price.feed.protocol.FeedMarket;
import io.delever.price.feed.protocol.FeedMarkets;
import io.delever.price.feed.protocol.ProtocolName;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.health.api.HealthRegistry;
import io.smallrye.health.api.Wellness;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the configured feeds while the service runs. */
@Singleton
class FeedHost {
    private static final int AFTER_THE_CORE = 3_000;
    private static final int BEFORE_THE_CORE = 500;

    private final PriceConfig config;
    private final PriceCore core;
    private final FeedMetrics metrics;
    private final HealthRegistry health;
    private final RunningFeed.Ground ground;
    private final List<RunningFeed> running = new ArrayList<>();

    FeedHost(
            PriceConfig config,
            PriceCore core,
            FeedMetrics metrics,
            @Wellness HealthRegistry health,
            RunningFeed.Ground ground) {
        this.config = config;
        this.core = core;
        this.metrics = metrics;
        this.health = health;
        this.ground = ground;
    }

    void onStart(@Observes @Priority(AFTER_THE_CORE) StartupEvent event) {
        // All of them first, so that a wrong one refuses the start before any connects.
        for (FeedSettings settings : settings(config, core.loop().ticksPerBatch())) {
            health.register(settings.name(), new FeedHealth(settings, metrics));
            running.add(
                    RunningFeed.start(
                            settings,
                            ground,
                            ticks -> core.loop().offer(new TickBatch(ticks, answer -> {})),
                            metrics.meter(settings.name())));
        }
    }

    void onStop(@Observes @Priority(BEFORE_THE_CORE) ShutdownEvent event) {
        running.forEach(RunningFeed::close);
        running.clear();
    }

    /**
     * The configured feeds.
     *
     * @throws IllegalArgumentException where one of them cannot be
     */
    static List<FeedSettings> settings(PriceConfig config, int ticksPerBatch) {
        FeedLimits limits = limits(config.feedLimits());
        if (limits.batchTicks() > ticksPerBatch) {
            throw new IllegalArgumentException(
                    "delever.feed-limits.batch-ticks: %d, at most delever.queue.ticks-per-batch, %d"
                            .formatted(limits.batchTicks(), ticksPerBatch));
        }
        List<FeedSettings> all = new ArrayList<>();
        for (Map.Entry<String, PriceConfig.Feed> entry : config.feeds().entrySet()) {
            PriceConfig.Feed feed = entry.getValue();
            ProtocolName name = ProtocolName.parse(feed.protocol());
            VenueId venue = new VenueId(feed.venue().orElse(entry.getKey()));
            FeedMarkets markets =
                    new FeedMarkets(
                            feed.markets().stream().map(market -> market(venue, market)).toList());
            all.add(
                    new FeedSettings(
                            entry.getKey(),
                            feed.url().orElse(name.url()),
                            name.protocol(markets, feed.channels()),
                            limits));
        }
        return all;
    }

    private static FeedMarket market(VenueId venue, PriceConfig.Market market) {
        return new FeedMarket(
                market.symbol(),
                new SourceId(venue, market.source().orElse(market.symbol())),
                Quantity.parse(market.contractSize()));
    }

    private static FeedLimits limits(PriceConfig.FeedPatience patience) {
        return new FeedLimits(
                patience.connectTimeout(),
                patience.firstBackoff(),
                patience.longestBackoff(),
                patience.stableAfter(),
                patience.tickSilence(),
                patience.marketSilence(),
                patience.flushInterval(),
                patience.batchTicks());
    }
}

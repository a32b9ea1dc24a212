package io.delever.price.app;

import io.delever.engine.money.Price;
import io.delever.engine.pricing.CandleInterval;
import io.delever.engine.pricing.PricingLimits;
import io.delever.price.core.CandleStore;
import io.delever.price.core.CoreSettings;
import io.delever.price.core.DefinitionStore;
import io.delever.price.core.HaltStore;
import io.delever.price.core.HistorySettings;
import io.delever.price.core.PriceCore;
import io.delever.price.core.PriceMetrics;
import io.delever.price.core.QueueLimits;
import io.delever.price.core.Stores;
import io.delever.price.core.StreamSettings;
import io.delever.price.feed.RunningFeed;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Puts the service together, starts the core when the database is there, and stops it last. */
@Singleton
class PriceApplication {
    private static final Logger LOG = Logger.getLogger(PriceApplication.class);
    private static final int AFTER_THE_STREAMS = 2_000;

    @Produces
    @Singleton
    @DefaultBean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    CoreSettings settings(PriceConfig config) {
        return new CoreSettings(
                new PricingLimits(
                        Price.parse(config.pricing().greatestPrice()),
                        config.pricing().futureSkew().toNanos(),
                        config.pricing().jumpFactor()),
                new QueueLimits(
                        config.queue().batches(),
                        config.queue().ticks(),
                        config.queue().ticksPerBatch()),
                new StreamSettings(
                        config.stream().flushInterval(),
                        config.stream().heartbeatInterval(),
                        config.stream().history(),
                        config.stream().maximumSubscriptions()),
                new HistorySettings(
                        config.history().writeInterval(),
                        config.history().pending(),
                        Map.of(
                                CandleInterval.ONE_SECOND, config.history().keepSeconds(),
                                CandleInterval.ONE_MINUTE, config.history().keepMinutes(),
                                CandleInterval.FIVE_MINUTES, config.history().keepFiveMinutes(),
                                CandleInterval.ONE_HOUR, config.history().keepHours())),
                config.maximumInstruments());
    }

    @Produces
    @Singleton
    Stores stores(DefinitionStore definitions, HaltStore halts, CandleStore candles) {
        return new Stores(definitions, halts, candles);
    }

    @Produces
    @Singleton
    PriceCore core(
            CoreSettings settings, Stores stores, PriceMetrics metrics, InstantSource clock) {
        return new PriceCore(settings, stores, metrics, clock, UUID.randomUUID().toString());
    }

    @Produces
    @Singleton
    RunningFeed.Ground feedGround(Vertx vertx, InstantSource clock) {
        return new RunningFeed.Ground(
                vertx, clock, System::nanoTime, UUID.randomUUID().getMostSignificantBits());
    }

    void onStart(@Observes StartupEvent event, PriceCore core, MeterRegistry registry) {
        core.start();
        Gauge.builder("delever.price.queue.batches", core.loop(), loop -> loop.queuedBatches())
                .description("Batches that wait for the price loop")
                .register(registry);
        LOG.infof(
                "Pricing %d instruments, epoch %s",
                core.registry().all().size(), core.publisher().epoch());
    }

    void onStop(@Observes @Priority(AFTER_THE_STREAMS) ShutdownEvent event, PriceCore core) {
        core.close();
    }
}

package io.delever.gateway.app;

import io.delever.gateway.client.Feeds;
import io.delever.gateway.client.StreamHub;
import io.delever.gateway.client.Upstream;
import io.delever.gateway.client.UpstreamMonitor;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Figures of the gateway itself; those of HTTP and gRPC calls come with the platform (GATE-022).
 */
@Singleton
public final class GatewayMetrics {
    private final MeterRegistry registry;
    private final Feeds feeds;
    private final UpstreamMonitor monitor;

    @Inject
    GatewayMetrics(MeterRegistry registry, Feeds feeds, UpstreamMonitor monitor) {
        this.registry = registry;
        this.feeds = feeds;
        this.monitor = monitor;
    }

    void register(@Observes StartupEvent event) {
        for (Upstream upstream : Upstream.values()) {
            Gauge.builder(
                            "delever.gateway.upstream.serving",
                            monitor,
                            m -> m.status(upstream).serving() ? 1 : 0)
                    .description("1 where the service answers and serves, else 0")
                    .tag("service", upstream.serviceName())
                    .register(registry);
        }
        for (StreamHub<?> hub : feeds.all()) {
            Gauge.builder("delever.gateway.stream.readers", hub, StreamHub::readerCount)
                    .description("browsers connected to a stream")
                    .tag("stream", hub.name())
                    .register(registry);
            Gauge.builder("delever.gateway.stream.connected", hub, h -> h.connected() ? 1 : 0)
                    .description("1 where the service behind a stream sends, else 0")
                    .tag("stream", hub.name())
                    .register(registry);
            FunctionCounter.builder("delever.gateway.stream.reconnects", hub, StreamHub::reconnects)
                    .description("how often a stream had to be opened again")
                    .tag("stream", hub.name())
                    .register(registry);
        }
    }
}

package io.delever.gateway.app;

import io.delever.gateway.client.Feeds;
import io.delever.gateway.client.UpstreamMonitor;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** Starts and stops the gateway. */
@Startup
@Singleton
public final class GatewayApp {
    private final Feeds feeds;
    private final UpstreamMonitor monitor;

    @Inject
    GatewayApp(Feeds feeds, UpstreamMonitor monitor) {
        this.feeds = feeds;
        this.monitor = monitor;
    }

    void start(@Observes StartupEvent event) {
        monitor.start();
        feeds.start();
    }

    void stop(@Observes ShutdownEvent event) {
        feeds.stop();
        monitor.stop();
    }
}

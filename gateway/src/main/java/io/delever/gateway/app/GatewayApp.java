package io.delever.gateway.app;

import io.delever.gateway.client.Feeds;
import io.delever.gateway.client.UpstreamMonitor;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Starts and stops the gateway. */
@Startup
@Singleton
public final class GatewayApp {
    private static final Logger LOG = Logger.getLogger(GatewayApp.class);

    private final Feeds feeds;
    private final UpstreamMonitor monitor;
    private final GatewayConfig config;
    private final String host;

    @Inject
    GatewayApp(
            Feeds feeds,
            UpstreamMonitor monitor,
            GatewayConfig config,
            @ConfigProperty(name = "quarkus.http.host") String host) {
        this.feeds = feeds;
        this.monitor = monitor;
        this.config = config;
        this.host = host;
    }

    void start(@Observes StartupEvent event) {
        StartupGuard.check(host, config.insecure()).ifPresent(LOG::warn);
        monitor.start();
        feeds.start();
    }

    void stop(@Observes ShutdownEvent event) {
        feeds.stop();
        monitor.stop();
    }
}

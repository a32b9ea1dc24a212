package io.delever.gateway.app;

import io.delever.gateway.client.Upstream;
import io.delever.gateway.client.UpstreamMonitor;
import io.delever.gateway.client.UpstreamStatus;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/**
 * Health: alive while it answers; ready while the services that it cannot do without answer
 * (GATE-020).
 */
@Singleton
public final class Checks {
    private final UpstreamMonitor monitor;

    @Inject
    Checks(UpstreamMonitor monitor) {
        this.monitor = monitor;
    }

    @Produces
    @Singleton
    @Liveness
    HealthCheck alive() {
        return () -> HealthCheckResponse.up("gateway answers");
    }

    @Produces
    @Singleton
    @Readiness
    HealthCheck price() {
        return () -> check(Upstream.PRICE);
    }

    @Produces
    @Singleton
    @Readiness
    HealthCheck margin() {
        return () -> check(Upstream.MARGIN);
    }

    @Produces
    @Singleton
    @Readiness
    HealthCheck liquidation() {
        return () -> check(Upstream.LIQUIDATION);
    }

    @Produces
    @Singleton
    @Readiness
    HealthCheck sentiment() {
        return () -> check(Upstream.SENTIMENT);
    }

    private HealthCheckResponse check(Upstream upstream) {
        UpstreamStatus status = monitor.status(upstream);
        return HealthCheckResponse.named(upstream.serviceName())
                .status(status.serving() || !upstream.required())
                .withData("state", status.state().name())
                .withData("degraded", !status.serving())
                .withData("since", status.since().toString())
                .build();
    }
}

package io.delever.gateway.app;

import io.delever.gateway.auth.AuditLog;
import io.delever.gateway.auth.AuthSettings;
import io.delever.gateway.auth.RateLimiter;
import io.delever.gateway.client.StreamLimits;
import io.delever.gateway.client.UpstreamSettings;
import io.delever.gateway.rest.BodyLimit;
import io.delever.gateway.rest.ClientStreams;
import io.delever.gateway.rest.StreamExecutor;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** Turns configuration into plain settings, and names the system clock. */
@Singleton
public final class Wiring {
    private final GatewayConfig config;

    @Inject
    Wiring(GatewayConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    UpstreamSettings upstreamSettings() {
        GatewayConfig.UpstreamConfig upstream = config.upstream();
        return new UpstreamSettings(
                upstream.callTimeout(),
                upstream.checkInterval(),
                upstream.reconnectDelayMin(),
                upstream.reconnectDelayMax());
    }

    @Produces
    @Singleton
    StreamLimits streamLimits() {
        GatewayConfig.StreamConfig stream = config.stream();
        return new StreamLimits(
                stream.maxReaders(),
                stream.maxValues(),
                stream.maxEndedValues(),
                stream.maxValuesPerEvent(),
                stream.heartbeat(),
                stream.maxUnreadHeartbeats());
    }

    @Produces
    @Singleton
    BodyLimit bodyLimit() {
        return new BodyLimit(config.maxBodySize().asLongValue());
    }

    @Produces
    @Singleton
    AuthSettings authSettings() {
        GatewayConfig.AuthConfig auth = config.auth();
        return new AuthSettings(
                auth.mode() == GatewayConfig.AuthMode.OPEN,
                auth.accountsClaim(),
                auth.tokensFile(),
                auth.reloadInterval());
    }

    @Produces
    @Singleton
    RateLimiter rateLimiter() {
        return new RateLimiter(config.rate().perSecond(), config.rate().burst());
    }

    @Produces
    @Singleton
    ClientStreams clientStreams() {
        GatewayConfig.StreamConfig stream = config.stream();
        return new ClientStreams(stream.maxPerClient(), stream.maxAge());
    }

    @Produces
    @Singleton
    Optional<AuditLog> auditLog(InstantSource clock) {
        return config.audit().file().map(file -> AuditLog.open(file, clock));
    }

    void closeAuditLog(@Disposes Optional<AuditLog> audit) {
        audit.ifPresent(AuditLog::close);
    }

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    @StreamExecutor
    Executor streamExecutor() {
        return Executors.newVirtualThreadPerTaskExecutor();
    }
}

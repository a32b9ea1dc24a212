package io.delever.gateway.client;

import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Asks every service again and again whether it serves, through the standard gRPC health service; a
 * service without one that answers at all counts as serving. Also makes channels reconnect soon
 * after a service came back (GATE-021).
 */
@Singleton
public final class UpstreamMonitor {
    private static final Logger LOG = Logger.getLogger(UpstreamMonitor.class);

    private final Upstreams upstreams;
    private final InstantSource clock;
    private final Map<Upstream, UpstreamStatus> statuses = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();

    @Inject
    UpstreamMonitor(Upstreams upstreams, InstantSource clock) {
        this.upstreams = upstreams;
        this.clock = clock;
        for (Upstream upstream : Upstream.values()) {
            statuses.put(
                    upstream,
                    new UpstreamStatus(
                            upstream, UpstreamStatus.State.UNREACHABLE, clock.instant()));
        }
    }

    /** Starts one check loop for each service. */
    public synchronized void start() {
        for (Upstream upstream : Upstream.values()) {
            threads.add(
                    Thread.ofVirtual()
                            .name("check-" + upstream.serviceName())
                            .start(() -> loop(upstream)));
        }
    }

    /** Ends the check loops. */
    public synchronized void stop() {
        threads.forEach(Thread::interrupt);
        threads.clear();
    }

    /** What the last check of a service found. */
    public UpstreamStatus status(Upstream upstream) {
        return statuses.get(upstream);
    }

    /** What the last check of every service found. */
    public Map<Upstream, UpstreamStatus> statuses() {
        return new EnumMap<>(statuses);
    }

    private void loop(Upstream upstream) {
        while (!Thread.currentThread().isInterrupted()) {
            UpstreamStatus.State found = check(upstream);
            UpstreamStatus before = statuses.get(upstream);
            if (before.state() != found) {
                LOG.infof("%s: %s -> %s", upstream.serviceName(), before.state(), found);
                statuses.put(upstream, new UpstreamStatus(upstream, found, clock.instant()));
            }
            if (found == UpstreamStatus.State.UNREACHABLE) {
                upstreams.retryConnectionNow(upstream);
            }
            try {
                Thread.sleep(upstreams.settings().checkInterval());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private UpstreamStatus.State check(Upstream upstream) {
        try {
            ServingStatus status =
                    HealthGrpc.newBlockingStub(upstreams.channel(upstream))
                            .withDeadlineAfter(upstreams.settings().callTimeout())
                            .check(HealthCheckRequest.getDefaultInstance())
                            .getStatus();
            return status == ServingStatus.SERVING
                    ? UpstreamStatus.State.SERVING
                    : UpstreamStatus.State.NOT_SERVING;
        } catch (StatusRuntimeException e) {
            return switch (e.getStatus().getCode()) {
                case UNIMPLEMENTED, NOT_FOUND -> UpstreamStatus.State.SERVING;
                case OK,
                        CANCELLED,
                        UNKNOWN,
                        INVALID_ARGUMENT,
                        DEADLINE_EXCEEDED,
                        ALREADY_EXISTS,
                        PERMISSION_DENIED,
                        RESOURCE_EXHAUSTED,
                        FAILED_PRECONDITION,
                        ABORTED,
                        OUT_OF_RANGE,
                        INTERNAL,
                        UNAVAILABLE,
                        DATA_LOSS,
                        UNAUTHENTICATED ->
                        unreachable(upstream, e.getStatus());
            };
        }
    }

    private static UpstreamStatus.State unreachable(Upstream upstream, Status status) {
        LOG.debugf("%s does not answer: %s", upstream.serviceName(), status);
        return UpstreamStatus.State.UNREACHABLE;
    }
}

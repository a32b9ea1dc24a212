package io.delever.gateway.rest;

import io.delever.gateway.auth.Caller;
import io.delever.gateway.auth.RateLimiter;
import io.delever.gateway.rest.problem.Problem;
import io.delever.gateway.rest.problem.ProblemException;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** Takes the cost of a call out of its caller's bucket, or refuses it (GATE-065). */
@Provider
public class CallLimiter implements ContainerRequestFilter {
    private static final Set<String> LISTS =
            Set.of(
                    "/v1/accounts",
                    "/v1/liquidations",
                    "/v1/insurance-fund/entries",
                    "/v1/adl-queue");

    // Looked up at the first call: filters are made before the configuration of the run is known.
    @Inject Instance<RateLimiter> limiter;
    @Inject Instance<InstantSource> clock;
    @Inject Caller caller;

    @Override
    public void filter(ContainerRequestContext context) {
        int cost = cost(context.getMethod(), context.getUriInfo().getPath());
        Optional<Duration> wait =
                limiter.get().take("caller " + caller.name(), cost, nanos(clock.get()));
        if (wait.isPresent()) {
            throw refused(wait.get());
        }
    }

    static long nanos(InstantSource clock) {
        return Math.multiplyExact(clock.millis(), 1_000_000L);
    }

    /** Conservation looks at every account, lists at many, a change is written to a journal. */
    static int cost(String method, String path) {
        if (path.equals("/v1/conservation")) {
            return 20;
        }
        if (path.startsWith("/v1/stream")) {
            return 10;
        }
        return LISTS.contains(path) || method.equals("POST") ? 5 : 1;
    }

    static ProblemException refused(Duration wait) {
        return new ProblemException(
                Problem.of(429, "RATE_LIMITED", "too many calls from this client for now"),
                Optional.of(wait));
    }
}

package io.delever.gateway.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delever.gateway.client.Upstreams;
import io.delever.gateway.rest.problem.Problem;
import io.delever.gateway.rest.problem.ProblemMapper;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * What holds for every request before any endpoint sees it: the request id, security headers
 * (GATE-042), the host names that are answered (GATE-043), the size of a body (GATE-015), and
 * problems instead of bare errors (GATE-010).
 */
@Singleton
public final class HttpGuard {
    private static final Logger LOG = Logger.getLogger(HttpGuard.class);
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final long MAX_DRAINED_BYTES = 1_000_000_000L;
    private static final long MAX_DRAIN_MILLIS = 10_000;
    private static final String PAGE_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";
    // Swagger UI writes an inline script and inline styles into its page; nothing else may.
    private static final String SWAGGER_POLICY =
            "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self'"
                    + " 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none';"
                    + " form-action 'none'; frame-ancestors 'none'";

    private final ObjectMapper json;
    private final BodyLimit bodyLimit;
    private final List<String> allowedHosts;

    @Inject
    HttpGuard(
            ObjectMapper json,
            BodyLimit bodyLimit,
            @ConfigProperty(name = "delever.allowed-hosts") Optional<List<String>> allowedHosts) {
        this.json = json;
        this.bodyLimit = bodyLimit;
        this.allowedHosts = allowedHosts.orElse(List.of());
    }

    void register(@Observes Filters filters) {
        filters.register(this::guard, 1_000);
    }

    void register(@Observes Router router) {
        for (int status : new int[] {400, 401, 403, 404, 405, 413, 414, 415, 431, 500}) {
            router.errorHandler(status, context -> bareError(context, status));
        }
    }

    private void guard(RoutingContext context) {
        HttpServerRequest request = context.request();
        String requestId = requestId(request);
        context.put(Upstreams.REQUEST_ID, requestId);
        MDC.put(Upstreams.REQUEST_ID, requestId);
        addHeaders(context.normalizedPath(), requestId, context.response().headers());
        if (request.isSSL()) {
            context.response()
                    .putHeader("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        }
        if (!hostAllowed(request)) {
            end(context, unknownHost());
        } else if (bodyTooLarge(request)) {
            refuseBody(context);
        } else {
            context.next();
        }
    }

    private static String requestId(HttpServerRequest request) {
        String given = request.getHeader("X-Request-Id");
        if (given != null && REQUEST_ID.matcher(given).matches()) {
            return given;
        }
        byte[] bytes = new byte[8];
        ThreadLocalRandom.current().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static void addHeaders(String path, String requestId, MultiMap headers) {
        headers.set("X-Request-Id", requestId);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set(
                "Content-Security-Policy",
                path.startsWith("/q/swagger-ui") ? SWAGGER_POLICY : PAGE_POLICY);
        headers.set("Cache-Control", path.startsWith("/v1/") ? "no-store" : "no-cache");
    }

    private boolean hostAllowed(HttpServerRequest request) {
        // Probes and scrapes come with the address of the pod as their name.
        if (request.path().startsWith("/q/health") || request.path().equals("/q/metrics")) {
            return true;
        }
        String host = request.authority() == null ? "" : request.authority().host();
        String name = host.toLowerCase(Locale.ROOT);
        return LOOPBACK_NAMES.contains(name) || name.equals("::1") || allowedHosts.contains(name);
    }

    private static Problem unknownHost() {
        return Problem.of(
                421,
                "HOST_NOT_ALLOWED",
                "this gateway answers to localhost and to the names in delever.allowed-hosts only");
    }

    private boolean bodyTooLarge(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        if (length == null || length.isEmpty() || !length.chars().allMatch(Character::isDigit)) {
            return false;
        }
        return new BigInteger(length).compareTo(BigInteger.valueOf(bodyLimit.bytes())) > 0;
    }

    /**
     * Answers at once and reads the rest into nothing for a while, so that the caller sees the
     * answer. Over HTTP/2 only the stream ends: the connection carries other requests too.
     */
    private void refuseBody(RoutingContext context) {
        HttpServerRequest request = context.request();
        boolean shared = request.version() == HttpVersion.HTTP_2;
        Runnable giveUp =
                () -> {
                    if (shared) {
                        request.response().reset(0);
                    } else {
                        request.connection().close();
                    }
                };
        if (!shared) {
            context.response().putHeader("Connection", "close");
            request.endHandler(end -> giveUp.run());
        }
        end(context, bodyLimit.exceeded(request.getHeader("Content-Length")));
        request.handler(
                chunk -> {
                    if (request.bytesRead() > MAX_DRAINED_BYTES) {
                        giveUp.run();
                    }
                });
        request.exceptionHandler(e -> LOG.debugf("a refused body ended early: %s", e.getMessage()));
        context.vertx()
                .setTimer(
                        MAX_DRAIN_MILLIS,
                        timer -> {
                            if (!request.isEnded()) {
                                giveUp.run();
                            }
                        });
        request.resume();
    }

    private void bareError(RoutingContext context, int status) {
        Throwable failure = context.failure();
        if (status == 500 && failure != null) {
            LOG.error("a request failed", failure);
        }
        end(
                context,
                switch (status) {
                    case 401 -> ProblemMapper.unauthenticated();
                    case 403 -> ProblemMapper.forbidden();
                    case 404 -> ProblemMapper.unknownPath(context.normalizedPath());
                    case 405 ->
                            Problem.of(
                                    405,
                                    "METHOD_NOT_ALLOWED",
                                    "the path exists, but not with this method");
                    case 413 -> bodyLimit.exceeded("too many");
                    case 500 -> ProblemMapper.internal();
                    default ->
                            Problem.of(status, "BAD_REQUEST", "the request cannot be understood");
                });
    }

    private void end(RoutingContext context, Problem problem) {
        HttpServerResponse response = context.response();
        if (response.ended()) {
            return;
        }
        String requestId = context.get(Upstreams.REQUEST_ID, "unknown");
        response.setStatusCode(problem.status()).putHeader("Content-Type", Problem.MEDIA_TYPE);
        try {
            response.end(json.writeValueAsString(problem.ofRequest(requestId)));
        } catch (JsonProcessingException e) {
            LOG.error("a problem could not be written", e);
            response.end();
        }
    }
}

package io.delever.margin.grpc;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** The HTTP request below a gRPC call, which alone knows when the caller is gone (JRNL-028). */
@Singleton
class Transport {
    private static final int FIRST = 1_000;
    private static final String KEY = Transport.class.getName();

    void register(@Observes Filters filters) {
        filters.register(Transport::remember, FIRST);
    }

    private static void remember(RoutingContext request) {
        Context context = Vertx.currentContext();
        String contentType = request.request().getHeader("content-type");
        if (context != null && contentType != null && contentType.startsWith("application/grpc")) {
            context.putLocal(KEY, request);
        }
        request.next();
    }

    /**
     * Calls back, perhaps more than once, when the transport of the present call is gone, however
     * it went: neither a reset after the client's last message nor a broken connection reaches the
     * cancellation handler of a call on this server.
     *
     * @throws IllegalStateException where the call did not come through the HTTP server
     */
    static void whenGone(Runnable gone) {
        Context context = Vertx.currentContext();
        RoutingContext request = context == null ? null : context.getLocal(KEY);
        if (request == null) {
            throw new IllegalStateException("a call without an HTTP request below it");
        }
        int handlers = request.addEndHandler(result -> gone.run());
        if (handlers < 0 || request.response().closed()) {
            gone.run();
        }
    }
}

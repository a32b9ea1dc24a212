package io.delever.price.grpc;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** What gRPC on the HTTP server needs to know about the HTTP request below a call. */
@Singleton
class Transport {
    private static final int FIRST = 1_000;
    private static final String UNIMPLEMENTED = "12";
    private static final String KEY = Transport.class.getName();

    void register(@Observes Filters filters) {
        filters.register(Transport::pass, FIRST);
    }

    /**
     * Refuses compressed gRPC requests before anything is unpacked: the size limit counts packed
     * bytes, and a small message could otherwise fill the memory (PSVC-006). Remembers the others.
     */
    private static void pass(RoutingContext request) {
        String contentType = request.request().getHeader("content-type");
        if (contentType == null || !contentType.startsWith("application/grpc")) {
            request.next();
            return;
        }
        String encoding = request.request().getHeader("grpc-encoding");
        if (encoding != null && !encoding.equals("identity")) {
            request.response()
                    .putHeader("content-type", "application/grpc")
                    .putHeader("grpc-accept-encoding", "identity")
                    .putHeader("grpc-status", UNIMPLEMENTED)
                    .putHeader("grpc-message", "compressed requests are not accepted")
                    .end();
            return;
        }
        Context context = Vertx.currentContext();
        if (context != null) {
            context.putLocal(KEY, request);
        }
        request.next();
    }

    /**
     * Calls back, perhaps more than once, when the transport of the present call is gone, however
     * it went (PSVC-016). Neither a reset after the client's last message nor a connection that
     * breaks reaches the cancellation handler of a call: the HTTP layer tells them to the response
     * only.
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

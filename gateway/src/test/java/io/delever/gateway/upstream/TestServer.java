package io.delever.gateway.upstream;

import io.delever.testing.FreePort;
import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real gRPC server on a port of its own that can die and come back on the same port. */
public final class TestServer {
    private static final Metadata.Key<String> REQUEST_ID =
            Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);

    private final List<BindableService> services;
    private final int port = FreePort.next();
    private Optional<Server> server = Optional.empty();
    private volatile String lastRequestId = "";

    TestServer(BindableService... services) {
        this.services = List.of(services);
    }

    /** Starts, or starts again. */
    public synchronized void start() {
        NettyServerBuilder builder =
                NettyServerBuilder.forAddress(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                        .permitKeepAliveTime(1, TimeUnit.SECONDS)
                        .intercept(new RequestIds());
        services.forEach(builder::addService);
        try {
            server = Optional.of(builder.build().start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Dies: every call and stream breaks at once. */
    public synchronized void kill() {
        server.ifPresent(
                running -> {
                    running.shutdownNow();
                    try {
                        if (!running.awaitTermination(10, TimeUnit.SECONDS)) {
                            throw new IllegalStateException("test server does not stop");
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
        server = Optional.empty();
    }

    /** The port, the same after a restart. */
    public int port() {
        return port;
    }

    /** The request id that came with the last call. */
    public String lastRequestId() {
        return lastRequestId;
    }

    private final class RequestIds implements ServerInterceptor {
        @Override
        public <Q, P> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, P> call, Metadata headers, ServerCallHandler<Q, P> next) {
            String id = headers.get(REQUEST_ID);
            if (id != null) {
                lastRequestId = id;
            }
            return next.startCall(call, headers);
        }
    }
}

package io.delever.simulation.demo;

import io.delever.simulation.stack.LocalStack;
import io.delever.simulation.stack.ServiceName;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One gRPC channel to each service; a channel finds its service again after a restart. */
public final class Channels implements AutoCloseable {
    private static final int MOST_MESSAGE_BYTES = 64 * 1024 * 1024;

    private final Map<ServiceName, ManagedChannel> channels = new EnumMap<>(ServiceName.class);

    /** Channels to the services of a stack, opened with the first call. */
    public Channels(LocalStack stack) {
        for (ServiceName name : ServiceName.values()) {
            if (name != ServiceName.GATEWAY) {
                channels.put(name, open(stack.port(name)));
            }
        }
    }

    /** A plaintext channel to a port of this machine. */
    public static ManagedChannel open(int port) {
        return NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .maxInboundMessageSize(MOST_MESSAGE_BYTES)
                .build();
    }

    /** The channel to a service other than the gateway. */
    public ManagedChannel to(ServiceName name) {
        ManagedChannel channel = channels.get(name);
        if (channel == null) {
            throw new IllegalArgumentException("no gRPC channel to " + name);
        }
        return channel;
    }

    /** Makes every channel try again at once instead of waiting out its backoff. */
    public void retryNow() {
        channels.values().forEach(ManagedChannel::resetConnectBackoff);
    }

    @Override
    public void close() {
        channels.values().forEach(ManagedChannel::shutdownNow);
        try {
            for (ManagedChannel channel : channels.values()) {
                channel.awaitTermination(2, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.delever.margin.app;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;

/**
 * Names a free port for the price stream, where the test puts a server or does not, and limits that
 * a test can reach.
 */
public final class PriceStreamResource implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Map.of(
                    "quarkus.grpc.clients.price.host", "127.0.0.1",
                    "quarkus.grpc.clients.price.test-port", Integer.toString(socket.getLocalPort()),
                    "delever.prices.silence-limit", "3s",
                    "delever.margin.max-positions", "4");
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }

    @Override
    public void stop() {}
}

package io.delever.margin.app;

import io.delever.testing.FreePort;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * Names a free port for the price stream, where the test puts a server or does not, and limits that
 * a test can reach.
 */
public final class PriceStreamResource implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        return Map.of(
                "quarkus.grpc.clients.price.host", "127.0.0.1",
                "quarkus.grpc.clients.price.test-port", Integer.toString(FreePort.next()),
                "delever.prices.silence-limit", "3s",
                "delever.margin.max-positions", "4");
    }

    @Override
    public void stop() {}
}

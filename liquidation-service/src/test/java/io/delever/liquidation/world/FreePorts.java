package io.delever.liquidation.world;

import io.delever.testing.FreePort;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Names a free port where a test puts its {@link World}, and paces that a test can wait for. */
public final class FreePorts implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        String port = Integer.toString(FreePort.next());
        // In a test run Quarkus dials test-port; port is what the test itself reads.
        return Map.ofEntries(
                Map.entry("quarkus.grpc.clients.margin.test-port", port),
                Map.entry("quarkus.grpc.clients.venue.test-port", port),
                Map.entry("quarkus.grpc.clients.margin.host", "127.0.0.1"),
                Map.entry("quarkus.grpc.clients.margin.port", port),
                Map.entry("quarkus.grpc.clients.venue.host", "127.0.0.1"),
                Map.entry("quarkus.grpc.clients.venue.port", port),
                Map.entry("delever.fund.floors-e8", "USDC:5000000000"),
                Map.entry("delever.sizing.depth-share-ppm", "1000000"),
                Map.entry("delever.sizing.slippage-collar-ppm", "2000"),
                Map.entry("delever.sizing.dust-notional-e8", "0"),
                Map.entry("delever.pace.attempts-before-adl", "2"),
                Map.entry("delever.pace.step-interval", "10ms"),
                Map.entry("delever.pace.retry-interval", "50ms"),
                Map.entry("delever.calls.retry-max", "200ms"),
                Map.entry("delever.calls.venue-probe-interval", "200ms"),
                Map.entry("delever.case-stream.history", "64"),
                Map.entry("delever.case-stream.max-readers", "3"));
    }

    @Override
    public void stop() {}
}

package io.delever.sentiment.app;

import io.delever.testing.FreePort;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.TreeMap;

/** Names the ports at which the test will have the other services, so that they can come and go. */
public final class FreePorts implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        Map<String, String> config = new TreeMap<>();
        for (String client : new String[] {"price", "margin", "liquidation"}) {
            config.put("quarkus.grpc.clients." + client + ".host", "127.0.0.1");
            // In a test run Quarkus looks at test-port and nothing else.
            config.put(
                    "quarkus.grpc.clients." + client + ".test-port",
                    Integer.toString(FreePort.next()));
        }
        config.put("delever.scores.evaluation-interval", "100ms");
        config.put("delever.history.interval", "100ms");
        config.put("delever.history.maximum-rows", "100");
        config.put("delever.feeds.poll-interval", "200ms");
        config.put("delever.feeds.fetch-interval", "50ms");
        config.put("delever.feeds.retry-max", "300ms");
        config.put("delever.risk.book-interval", "200ms");
        config.put("delever.risk.sample-interval", "400ms");
        return config;
    }

    @Override
    public void stop() {
        // The ports were only looked up.
    }
}

package io.delever.gateway;

import io.delever.gateway.upstream.TestUpstreams;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.HashMap;
import java.util.Map;

/** Starts the four services behind the gateway and tells the gateway where they are. */
public final class UpstreamsResource implements QuarkusTestResourceLifecycleManager {
    private final TestUpstreams upstreams = new TestUpstreams();

    /** Marks the field of a test that wants to talk to the services directly. */
    @Target(ElementType.FIELD)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Services {}

    @Override
    public Map<String, String> start() {
        upstreams.start();
        Map<String, String> settings = new HashMap<>();
        put(settings, "price", upstreams.priceServer().port());
        put(settings, "margin", upstreams.marginServer().port());
        put(settings, "liquidation", upstreams.liquidationServer().port());
        put(settings, "sentiment", upstreams.sentimentServer().port());
        settings.put("delever.upstream.call-timeout", "2s");
        settings.put("delever.upstream.check-interval", "100ms");
        settings.put("delever.upstream.reconnect-delay-min", "50ms");
        settings.put("delever.upstream.reconnect-delay-max", "200ms");
        settings.put("delever.stream.heartbeat", "300ms");
        settings.put("delever.stream.max-unread-heartbeats", "60");
        settings.put("delever.stream.max-readers", "8");
        settings.put("delever.stream.max-per-client", "64");
        settings.put("delever.rate.per-second", "1000000");
        settings.put("delever.rate.burst", "1000000");
        settings.put("delever.stream.max-values-per-event", "500");
        settings.put("delever.stream.max-ended-values", "2000");
        return settings;
    }

    private static void put(Map<String, String> settings, String service, int port) {
        settings.put("quarkus.grpc.clients." + service + ".test-port", Integer.toString(port));
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(
                upstreams,
                new TestInjector.AnnotatedAndMatchesType(Services.class, TestUpstreams.class));
    }

    @Override
    public void stop() {
        upstreams.stop();
    }
}

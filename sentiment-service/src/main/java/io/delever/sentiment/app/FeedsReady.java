package io.delever.sentiment.app;

import io.delever.engine.sentiment.Feed;
import io.delever.sentiment.feed.Subscriptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready while prices come in; says of each feed whether it is up. Without cases or accounts the
 * scores still stand, with less confidence (SSVC-011).
 */
@Readiness
@Singleton
public class FeedsReady implements HealthCheck {
    private final Subscriptions subscriptions;

    /** Looks at {@code subscriptions}. */
    @Inject
    public FeedsReady(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("feeds");
        for (Feed feed : Feed.values()) {
            response.withData(
                    feed.name().toLowerCase(Locale.ROOT),
                    subscriptions.isUp(feed) ? "up" : "missing");
        }
        return response.status(subscriptions.isUp(Feed.PRICES)).build();
    }
}

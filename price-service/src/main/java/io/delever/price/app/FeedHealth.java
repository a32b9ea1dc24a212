package io.delever.price.app;

import io.delever.price.core.FeedMetrics;
import io.delever.price.core.FeedState;
import io.delever.price.core.FeedStatus;
import io.delever.price.feed.FeedSettings;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * How one feed is (FEED-027). Down where no prices come; that is no reason to restart the service
 * or to take it away from its readers, so it is told under wellness only.
 */
final class FeedHealth implements HealthCheck {
    private static final long NANOS_PER_MICRO = 1_000;

    private final FeedSettings settings;
    private final FeedMetrics metrics;

    FeedHealth(FeedSettings settings, FeedMetrics metrics) {
        this.settings = settings;
        this.metrics = metrics;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("feed " + settings.name())
                        .withData("url", settings.url().toString());
        Optional<FeedStatus> status =
                metrics.statuses().stream()
                        .filter(each -> each.feed().equals(settings.name()))
                        .findFirst();
        answer.status(status.filter(each -> each.state() == FeedState.LIVE).isPresent());
        status.ifPresent(each -> tell(each, answer));
        return answer.build();
    }

    private static void tell(FeedStatus status, HealthCheckResponseBuilder answer) {
        answer.withData("state", status.state().name())
                .withData("markets", status.markets())
                .withData("quietMarkets", status.quietMarkets())
                .withData("ticks", status.ticks())
                .withData("rejections", status.rejections())
                .withData("missing", status.missing())
                .withData("losses", status.losses());
        micros("lagMicros", status.lagNanos(), answer);
        micros("clockAheadMicros", status.clockAheadNanos(), answer);
        status.lastTrouble().ifPresent(words -> answer.withData("lastTrouble", words));
    }

    private static void micros(String name, OptionalLong nanos, HealthCheckResponseBuilder answer) {
        nanos.ifPresent(value -> answer.withData(name, value / NANOS_PER_MICRO));
    }
}

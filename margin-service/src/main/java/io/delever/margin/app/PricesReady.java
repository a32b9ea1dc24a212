package io.delever.margin.app;

import io.delever.margin.core.PriceBoard;
import io.delever.margin.feed.PriceSubscriber;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up while the price stream speaks; commands are taken either way. JRNL-023. */
@Readiness
@ApplicationScoped
public class PricesReady implements HealthCheck {
    private final PriceBoard board;
    private final PriceSubscriber subscriber;

    /** Looks at these. */
    public PricesReady(PriceBoard board, PriceSubscriber subscriber) {
        this.board = board;
        this.subscriber = subscriber;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("prices")
                .status(!board.isSilent())
                .withData("stream", subscriber.isConnected() ? "open" : "not open")
                .withData("silent for", board.silence().toString())
                .build();
    }
}

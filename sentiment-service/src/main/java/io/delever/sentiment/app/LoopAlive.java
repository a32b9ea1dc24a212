package io.delever.sentiment.app;

import io.delever.sentiment.core.Nanos;
import io.delever.sentiment.core.SentimentLoop;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive while the loop computes scores (SSVC-011). */
@Liveness
@Singleton
public class LoopAlive implements HealthCheck {
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final SentimentLoop loop;
    private final InstantSource clock;

    /** Looks at {@code loop}. */
    @Inject
    public LoopAlive(SentimentLoop loop, InstantSource clock) {
        this.loop = loop;
        this.clock = clock;
    }

    @Override
    public HealthCheckResponse call() {
        long age = Nanos.now(clock) - loop.snapshot().market().score().eventTimeNanos();
        return HealthCheckResponse.named("sentiment-loop")
                .withData("scoreAgeMillis", age / 1_000_000)
                .withData("waitingBatches", loop.queueLength())
                .status(loop.isAlive() && age < PATIENCE_NANOS)
                .build();
    }
}

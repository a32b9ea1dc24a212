package io.delever.price.app;

import io.delever.price.core.PriceCore;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Down where the loop has failed or does not turn: only a new start helps. */
@Liveness
@Singleton
class LoopLiveness implements HealthCheck {
    private static final Duration LONGEST_TURN = Duration.ofSeconds(10);

    private final PriceCore core;

    LoopLiveness(PriceCore core) {
        this.core = core;
    }

    @Override
    public HealthCheckResponse call() {
        Duration since = core.loop().sinceLastBeat();
        return HealthCheckResponse.named("price loop")
                .status(core.loop().isAlive() && since.compareTo(LONGEST_TURN) < 0)
                .withData("millisSinceLastTurn", since.toMillis())
                .build();
    }
}

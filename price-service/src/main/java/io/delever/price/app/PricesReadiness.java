package io.delever.price.app;

import io.delever.engine.pricing.IndexPrice;
import io.delever.price.core.PriceCore;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready where the loop runs. How many prices are usable is said as well; too few of them is the
 * feeds' trouble and no reason to take the service away from its readers.
 */
@Readiness
@Singleton
class PricesReadiness implements HealthCheck {
    private final PriceCore core;

    PricesReadiness(PriceCore core) {
        this.core = core;
    }

    @Override
    public HealthCheckResponse call() {
        List<IndexPrice> prices = core.publisher().book().all();
        long usable = prices.stream().filter(price -> price.state().isUsable()).count();
        return HealthCheckResponse.named("prices")
                .status(core.loop().isAlive())
                .withData("instruments", prices.size())
                .withData("usable", usable)
                .withData("batchesWaiting", core.loop().queuedBatches())
                .build();
    }
}

package io.delever.margin.app;

import io.delever.margin.core.MarginShards;
import io.delever.margin.core.ShardStatus;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/**
 * Down once a shard has stopped for ever: a broken rule, a broken journal, or another writer.
 * JRNL-023.
 */
@Liveness
@ApplicationScoped
public class ShardsAlive implements HealthCheck {
    private final MarginShards shards;

    /** Looks at these shards. */
    public ShardsAlive(MarginShards shards) {
        this.shards = shards;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("shards").up();
        for (ShardStatus status : shards.statuses()) {
            status.failure()
                    .ifPresent(
                            failure ->
                                    response.down()
                                            .withData(
                                                    "shard " + status.shard(),
                                                    String.valueOf(failure.getMessage())));
        }
        return response.build();
    }
}

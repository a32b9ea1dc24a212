package io.delever.margin.app;

import io.delever.margin.core.MarginShards;
import io.delever.margin.core.ShardStatus;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Up while commands can be taken: this process is the writer, the replay is over, the database
 * answers, and no shard has stopped or waits for the journal. JRNL-023.
 */
@Readiness
@ApplicationScoped
public class JournalReady implements HealthCheck {
    private final MarginLifecycle lifecycle;
    private final MarginShards shards;

    /** Looks at these. */
    public JournalReady(MarginLifecycle lifecycle, MarginShards shards) {
        this.lifecycle = lifecycle;
        this.shards = shards;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("journal")
                        .status(lifecycle.state() instanceof ServiceState.Serving)
                        .withData("state", lifecycle.state().description());
        lifecycle
                .databaseTrouble()
                .ifPresent(trouble -> response.down().withData("database", trouble));
        for (ShardStatus status : shards.statuses()) {
            if (!status.running() || status.stalled()) {
                response.down();
            }
            response.withData("shard " + status.shard(), describe(status));
        }
        return response.build();
    }

    private static String describe(ShardStatus status) {
        return "%s; applied %d, durable %d, %d wait for a commit, %d in the queue"
                .formatted(
                        status.failure()
                                .map(failure -> "stopped: " + failure.getMessage())
                                .orElse(
                                        status.stalled()
                                                ? "the journal does not answer"
                                                : status.replayed() ? "running" : "not replayed"),
                        status.appliedSequence(),
                        status.durableSequence(),
                        status.pendingCommits(),
                        status.queueDepth());
    }
}

package io.delever.liquidation.app;

import io.delever.liquidation.core.Liquidator;
import io.delever.liquidation.feed.RiskFeed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * What has to be there so that an account can be reduced: each missing thing is named (LSVC-030).
 */
@ApplicationScoped
public class Readiness {
    private static final String WHY = "why";

    @Produces
    @org.eclipse.microprofile.health.Readiness
    @ApplicationScoped
    HealthCheck database(LiquidationLifecycle lifecycle) {
        return () -> response("database", lifecycle.databaseTrouble());
    }

    @Produces
    @org.eclipse.microprofile.health.Readiness
    @ApplicationScoped
    HealthCheck ledger(LiquidationLifecycle lifecycle) {
        return () -> response("insurance fund ledger", lifecycle.ledgerTrouble());
    }

    @Produces
    @org.eclipse.microprofile.health.Readiness
    @ApplicationScoped
    HealthCheck venue(LiquidationLifecycle lifecycle) {
        return () -> response("venue", lifecycle.venueTrouble());
    }

    @Produces
    @org.eclipse.microprofile.health.Readiness
    @ApplicationScoped
    HealthCheck riskStream(RiskFeed feed) {
        return () ->
                response(
                        "risk stream of margin-service",
                        feed.isConnected() ? Optional.empty() : Optional.of("not connected"));
    }

    @Produces
    @org.eclipse.microprofile.health.Readiness
    @ApplicationScoped
    HealthCheck cases(LiquidationLifecycle lifecycle, Liquidator liquidator) {
        return () -> {
            HealthCheckResponseBuilder response =
                    HealthCheckResponse.named("cases")
                            .status(
                                    lifecycle.casesTrouble().isEmpty()
                                            && liquidator.broken().isEmpty())
                            .withData("running", liquidator.running());
            lifecycle.casesTrouble().ifPresent(why -> response.withData(WHY, why));
            liquidator.broken().forEach((account, why) -> response.withData(account.value(), why));
            return response.build();
        };
    }

    private static HealthCheckResponse response(String name, Optional<String> trouble) {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named(name).status(trouble.isEmpty());
        trouble.ifPresent(why -> response.withData(WHY, why));
        return response.build();
    }
}

package io.delever.liquidation.app;

import io.delever.liquidation.core.CaseHub;
import io.delever.liquidation.core.CaseSettings;
import io.delever.liquidation.core.FundDesk;
import io.delever.liquidation.core.Liquidator;
import io.delever.liquidation.core.UnreachableException;
import io.delever.liquidation.feed.RiskFeed;
import io.delever.liquidation.grpc.VenueClient;
import io.delever.liquidation.metrics.MicrometerCaseMetrics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Starts and stops the service: fund read and its ledger checked, open cases resumed, then the risk
 * stream. Asks the venue and the database at a steady pace whether they are there.
 */
@ApplicationScoped
public class LiquidationLifecycle {
    private static final Logger LOG = Logger.getLogger(LiquidationLifecycle.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(8);

    private final LiquidationConfig config;
    private final Liquidator liquidator;
    private final FundDesk fund;
    private final VenueClient venue;
    private final MicrometerCaseMetrics metrics;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("liquidation").unstarted(this::run);

    private volatile Optional<String> cases = Optional.of("the open cases are not read yet");
    private volatile Optional<String> ledger = Optional.of("not checked yet");
    private volatile Optional<String> database = Optional.of("not asked yet");
    private volatile Optional<String> venueTrouble = Optional.of("not asked yet");

    /** Starts and stops these. */
    public LiquidationLifecycle(
            LiquidationConfig config,
            Liquidator liquidator,
            FundDesk fund,
            VenueClient venue,
            MicrometerCaseMetrics metrics) {
        this.config = config;
        this.liquidator = liquidator;
        this.fund = fund;
        this.venue = venue;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event, CaseHub hub, CaseSettings settings, RiskFeed feed) {
        metrics.watch(liquidator::running, () -> liquidator.broken().size(), hub::readerCount);
        LOG.infof(
                "At most %d cases in flight, target %s, collar %s",
                settings.maxInFlight(),
                settings.parameters().sizing().targetEquityRatio(),
                settings.parameters().slippageCollar());
        feed.start();
        thread.start();
    }

    void stop(@Observes ShutdownEvent event, RiskFeed feed) throws InterruptedException {
        stopping.countDown();
        feed.close();
        liquidator.stop(STOP_LIMIT);
        thread.join(STOP_LIMIT);
    }

    /** Why no case runs; empty once they do. */
    public Optional<String> casesTrouble() {
        return cases;
    }

    /** What is wrong with the fund's ledger; empty where all is right. */
    public Optional<String> ledgerTrouble() {
        return ledger;
    }

    /** Why the database could not be asked the last time; empty where it answered. */
    public Optional<String> databaseTrouble() {
        return database;
    }

    /** Why the venue could not be asked the last time; empty where it answered. */
    public Optional<String> venueTrouble() {
        return venueTrouble;
    }

    private void run() {
        try {
            do {
                checkStore();
                checkVenue();
            } while (!stopping.await(
                    config.calls().venueProbeInterval().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void checkStore() {
        try {
            List<String> faults = fund.verify();
            ledger = faults.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", faults));
            metrics.showFund(fund.balances());
            fund.ping();
            database = Optional.empty();
            if (cases.isPresent() && faults.isEmpty()) {
                liquidator.start();
                cases = Optional.empty();
                LOG.info("liquidation-service acts on risk events");
            }
        } catch (UnreachableException e) {
            database = Optional.of(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // The top of this thread: what cannot be read stays visible and is tried again.
            LOG.error("the stored cases or the fund cannot be read", e);
            cases = Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private void checkVenue() {
        try {
            venue.probe();
            venueTrouble = Optional.empty();
        } catch (RuntimeException e) {
            // The top of this thread: whatever it is, the venue does not answer as it should.
            venueTrouble = Optional.of(String.valueOf(e.getMessage()));
        }
    }
}

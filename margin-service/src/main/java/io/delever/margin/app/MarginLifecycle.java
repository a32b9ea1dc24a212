package io.delever.margin.app;

import io.delever.margin.core.AccountJournal;
import io.delever.margin.core.JournalClaim;
import io.delever.margin.core.JournalFencedException;
import io.delever.margin.core.JournalUnavailableException;
import io.delever.margin.core.MarginShards;
import io.delever.margin.core.PriceBoard;
import io.delever.margin.core.RiskEventHub;
import io.delever.margin.feed.PriceSubscriber;
import io.delever.margin.metrics.MicrometerMetrics;
import io.delever.margin.persistence.ShardConfigurations;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Starts and stops the service: number of shards checked, journal claimed, replayed, then open.
 * From then on the claim is confirmed at a steady pace, which also tells whether the database
 * answers.
 */
@ApplicationScoped
public class MarginLifecycle {
    private static final Logger LOG = Logger.getLogger(MarginLifecycle.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(8);
    private static final Duration REPLAY_CHECK = Duration.ofSeconds(1);

    @Inject MarginConfig config;
    @Inject ShardConfigurations configurations;
    @Inject AccountJournal journal;
    @Inject MarginShards shards;
    @Inject PriceBoard board;
    @Inject PriceSubscriber subscriber;
    @Inject InstantSource clock;

    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("margin-claim").unstarted(this::run);

    private volatile ServiceState state = new ServiceState.Claiming("the service starts");
    private volatile Optional<String> databaseTrouble = Optional.of("not asked yet");

    void start(@Observes StartupEvent event, MicrometerMetrics metrics, RiskEventHub hub) {
        configurations.confirm(config.shards().count(), clock);
        metrics.watch(board::silence, hub::unhealthyCount);
        board.addListener(shards::pricesChanged);
        subscriber.start();
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        state = new ServiceState.Stopped("the service shuts down");
        stopping.countDown();
        subscriber.close();
        shards.stop(STOP_LIMIT);
        thread.join(STOP_LIMIT);
        journal.release();
    }

    /** How far the service is. */
    public ServiceState state() {
        return state;
    }

    /** Why the database could not be asked the last time; empty where it answered. */
    public Optional<String> databaseTrouble() {
        return databaseTrouble;
    }

    private void run() {
        try {
            if (becomeWriter() && replay()) {
                shards.open();
                state = new ServiceState.Serving("serving");
                LOG.info("margin-service takes commands");
                keepClaim();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("the service stops for ever", e);
            state = new ServiceState.Stopped("stopped for ever: " + e.getMessage());
            shards.fail(e);
        }
    }

    private boolean becomeWriter() throws InterruptedException {
        while (!isStopping(Duration.ZERO)) {
            Optional<JournalClaim> answer = claim();
            if (answer.isPresent() && isGranted(answer.get())) {
                return true;
            }
            if (isStopping(config.journal().claimInterval())) {
                return false;
            }
        }
        return false;
    }

    private boolean isGranted(JournalClaim claim) {
        return switch (claim) {
            case JournalClaim.Granted granted -> true;
            case JournalClaim.HeldByOther other -> {
                String message =
                        "another margin-service writes this database (%s); this one waits until it ends"
                                .formatted(other.holder());
                if (!state.description().equals(message)) {
                    LOG.warn(message);
                }
                state = new ServiceState.Claiming(message);
                yield false;
            }
        };
    }

    private boolean replay() throws InterruptedException {
        state = new ServiceState.Replaying("replaying the journal");
        shards.start();
        while (!shards.awaitReplay(REPLAY_CHECK)) {
            if (isStopping(Duration.ZERO)) {
                return false;
            }
            Optional<RuntimeException> failure =
                    shards.statuses().stream().flatMap(s -> s.failure().stream()).findFirst();
            if (failure.isPresent()) {
                throw failure.get();
            }
            state =
                    new ServiceState.Replaying(
                            "replaying the journal: %d entries so far"
                                    .formatted(
                                            shards.statuses().stream()
                                                    .mapToLong(s -> s.appliedSequence())
                                                    .sum()));
        }
        return true;
    }

    private void keepClaim() throws InterruptedException {
        while (!isStopping(config.journal().claimInterval())) {
            claim().filter(JournalClaim.HeldByOther.class::isInstance)
                    .map(JournalClaim.HeldByOther.class::cast)
                    .ifPresent(
                            other ->
                                    LOG.warnf(
                                            "the writer lock is with another process now (%s); the"
                                                    + " next write will tell",
                                            other.holder()));
        }
    }

    private Optional<JournalClaim> claim() {
        try {
            JournalClaim claim = journal.claim();
            databaseTrouble = Optional.empty();
            return Optional.of(claim);
        } catch (JournalUnavailableException e) {
            if (databaseTrouble.isEmpty()) {
                LOG.warnf("the database does not answer: %s", e.getMessage());
            }
            databaseTrouble = Optional.of(String.valueOf(e.getMessage()));
            return Optional.empty();
        } catch (JournalFencedException e) {
            shards.fail(e);
            throw e;
        }
    }

    private boolean isStopping(Duration within) throws InterruptedException {
        return stopping.await(within.toMillis(), TimeUnit.MILLISECONDS);
    }
}

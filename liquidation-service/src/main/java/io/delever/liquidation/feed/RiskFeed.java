package io.delever.liquidation.feed;

import io.delever.contracts.margin.v1.MarginServiceGrpc;
import io.delever.contracts.margin.v1.RiskEvent;
import io.delever.contracts.margin.v1.StreamRiskEventsRequest;
import io.delever.contracts.margin.v1.StreamRiskEventsResponse;
import io.delever.engine.account.AccountId;
import io.delever.engine.margin.RiskState;
import io.delever.liquidation.core.Liquidator;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Reads margin-service's risk events for ever: reconnects with growing waits, resumes where it was,
 * takes a snapshot where that is too far back (LSVC-020).
 */
public final class RiskFeed implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RiskFeed.class);
    private static final Duration WATCH_INTERVAL = Duration.ofMillis(500);
    private static final Duration SILENT_RESUME = Duration.ofSeconds(2);

    private final Channel channel;
    private final Liquidator liquidator;
    private final InstantSource clock;
    private final RiskFeedLimits limits;
    private final ScheduledExecutorService scheduler =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("risk-feed").factory());

    private String epoch = "";
    private long sequence;
    private Duration wait;
    private Attempt current = new Attempt();
    private Instant heardAt = Instant.MIN;
    private boolean closed;

    /** A feed that does nothing before {@link #start}. */
    public RiskFeed(
            Channel channel, Liquidator liquidator, InstantSource clock, RiskFeedLimits limits) {
        this.channel = channel;
        this.liquidator = liquidator;
        this.clock = clock;
        this.limits = limits;
        wait = limits.retryMin();
    }

    /** Connects, and from then on keeps connected. */
    public void start() {
        scheduler.execute(this::connect);
        var _ =
                scheduler.scheduleWithFixedDelay(
                        this::watch,
                        WATCH_INTERVAL.toMillis(),
                        WATCH_INTERVAL.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** True while a stream is open that has brought at least one message. */
    public synchronized boolean isConnected() {
        return current.heard && !current.ended;
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            current.cancel("the service shuts down");
        }
        scheduler.shutdownNow();
    }

    private synchronized void connect() {
        if (closed) {
            return;
        }
        StreamRiskEventsRequest.Builder request = StreamRiskEventsRequest.newBuilder();
        if (!epoch.isEmpty()) {
            request.setResumeEpoch(epoch).setResumeAfterSequence(sequence);
        }
        current = new Attempt();
        heardAt = clock.instant();
        if (channel instanceof ManagedChannel managed) {
            // The channel's own wait before it connects again may be minutes; this feed has waits
            // of its own.
            managed.resetConnectBackoff();
        }
        MarginServiceGrpc.newStub(channel).streamRiskEvents(request.build(), current);
    }

    private synchronized void watch() {
        Duration quiet = Duration.between(heardAt, clock.instant());
        Duration limit = current.heard ? limits.renewAfter() : SILENT_RESUME;
        if (!closed && !current.ended && quiet.compareTo(limit) > 0) {
            // Whoever resumes and has missed nothing hears nothing; a snapshot always answers.
            epoch = "";
            current.cancel("nothing heard for " + quiet);
        }
    }

    private synchronized void ended(Attempt attempt, String why) {
        if (attempt.ended) {
            return;
        }
        attempt.ended = true;
        if (closed) {
            return;
        }
        LOG.debugf("risk stream ended: %s; next attempt in %s", why, wait);
        var _ = scheduler.schedule(this::connect, wait.toMillis(), TimeUnit.MILLISECONDS);
        Duration doubled = wait.multipliedBy(2);
        wait = doubled.compareTo(limits.retryMax()) > 0 ? limits.retryMax() : doubled;
    }

    private synchronized void received(Attempt attempt, StreamRiskEventsResponse message) {
        if (attempt.ended) {
            return;
        }
        if (!attempt.heard) {
            LOG.infof("risk stream open, epoch %s", message.getEpoch());
        }
        attempt.heard = true;
        heardAt = clock.instant();
        wait = limits.retryMin();
        boolean repeated =
                !message.getSnapshot()
                        && message.getEpoch().equals(epoch)
                        && message.getSequence() <= sequence;
        if (!repeated) {
            accept(message);
        }
        epoch = message.getEpoch();
        sequence = message.getSequence();
    }

    private void accept(StreamRiskEventsResponse message) {
        if (message.getSnapshot()) {
            Map<AccountId, RiskState> notHealthy = new LinkedHashMap<>();
            for (RiskEvent event : message.getEventsList()) {
                notHealthy.put(new AccountId(event.getAccountId()), state(event));
            }
            liquidator.riskSnapshot(notHealthy);
        } else {
            for (RiskEvent event : message.getEventsList()) {
                liquidator.riskChanged(new AccountId(event.getAccountId()), state(event));
            }
        }
    }

    private static RiskState state(RiskEvent event) {
        return switch (event.getCurrent()) {
            case RISK_STATE_HEALTHY -> RiskState.HEALTHY;
            case RISK_STATE_MARGIN_CALL -> RiskState.MARGIN_CALL;
            case RISK_STATE_LIQUIDATABLE -> RiskState.LIQUIDATABLE;
            case RISK_STATE_BANKRUPT -> RiskState.BANKRUPT;
            case RISK_STATE_PRICE_UNAVAILABLE -> RiskState.PRICE_UNAVAILABLE;
            case RISK_STATE_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalArgumentException(
                            "account " + event.getAccountId() + " has no risk state");
        };
    }

    /** One stream, from request to end. */
    private final class Attempt
            implements ClientResponseObserver<StreamRiskEventsRequest, StreamRiskEventsResponse> {
        private Optional<ClientCallStreamObserver<StreamRiskEventsRequest>> call = Optional.empty();
        private boolean heard;
        private boolean ended;

        @Override
        public void beforeStart(ClientCallStreamObserver<StreamRiskEventsRequest> requests) {
            call = Optional.of(requests);
        }

        @Override
        public void onNext(StreamRiskEventsResponse message) {
            received(this, message);
        }

        @Override
        public void onError(Throwable failure) {
            RiskFeed.this.ended(this, String.valueOf(failure.getMessage()));
        }

        @Override
        public void onCompleted() {
            RiskFeed.this.ended(this, "the sender completed it");
        }

        void cancel(String why) {
            if (call.isPresent() && !ended) {
                call.get().cancel(why, null);
                RiskFeed.this.ended(this, why);
            }
        }
    }
}

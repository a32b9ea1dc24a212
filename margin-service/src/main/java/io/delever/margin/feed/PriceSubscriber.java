package io.delever.margin.feed;

import io.delever.contracts.price.v1.PriceServiceGrpc;
import io.delever.contracts.price.v1.StreamPricesRequest;
import io.delever.contracts.price.v1.StreamPricesResponse;
import io.delever.margin.core.PriceBoard;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Reads the price stream for ever: reconnects with growing waits, resumes where it was, and never
 * waits for a reader.
 *
 * <p>A sender that is alive but has nothing to say is asked for a snapshot after the quiet limit,
 * so that only a dead or unreachable one stays silent until the {@link PriceBoard} calls its prices
 * stale. JRNL-017, JRNL-019.
 */
public final class PriceSubscriber implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(PriceSubscriber.class);
    private static final Duration WATCH_INTERVAL = Duration.ofMillis(100);

    private final Channel channel;
    private final PriceBoard board;
    private final InstantSource clock;
    private final PriceFeedLimits limits;
    private final ScheduledExecutorService scheduler =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("price-feed").factory());

    private String epoch = "";
    private long sequence;
    private Duration wait;
    private Attempt current = new Attempt();
    private Instant activeAt = Instant.MIN;
    private boolean closed;

    /** A subscriber that does nothing before {@link #start}. */
    public PriceSubscriber(
            Channel channel, PriceBoard board, InstantSource clock, PriceFeedLimits limits) {
        this.channel = channel;
        this.board = board;
        this.clock = clock;
        this.limits = limits;
        this.wait = limits.retryMin();
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
        StreamPricesRequest.Builder request = StreamPricesRequest.newBuilder();
        if (!epoch.isEmpty()) {
            request.setResumeEpoch(epoch).setResumeAfterSequence(sequence);
        }
        current = new Attempt();
        activeAt = clock.instant();
        if (channel instanceof ManagedChannel managed) {
            // The channel's own waits grow to minutes; ours are the ones that count.
            managed.resetConnectBackoff();
        }
        PriceServiceGrpc.newStub(channel).withWaitForReady().streamPrices(request.build(), current);
    }

    private void watch() {
        board.checkSilence();
        synchronized (this) {
            if (current.ended || closed) {
                return;
            }
            Duration quiet = Duration.between(activeAt, clock.instant());
            if (quiet.compareTo(limits.quietLimit()) > 0) {
                epoch = "";
                current.cancel("nothing heard for " + quiet);
            }
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
        LOG.infof("price stream ended: %s; next attempt in %s", why, wait);
        var _ = scheduler.schedule(this::connect, wait.toMillis(), TimeUnit.MILLISECONDS);
        Duration doubled = wait.multipliedBy(2);
        wait = doubled.compareTo(limits.retryMax()) > 0 ? limits.retryMax() : doubled;
    }

    private synchronized void received(Attempt attempt, StreamPricesResponse message) {
        if (attempt.ended) {
            return;
        }
        attempt.heard = true;
        activeAt = clock.instant();
        wait = limits.retryMin();
        boolean repeated =
                !message.getSnapshot()
                        && message.getEpoch().equals(epoch)
                        && message.getSequence() <= sequence;
        epoch = message.getEpoch();
        if (!repeated) {
            sequence = message.getSequence();
            board.accept(PriceUpdates.decode(message.getPricesList()), message.getSnapshot());
        }
    }

    private static String describe(Throwable failure) {
        return failure.getCause() == null
                ? String.valueOf(failure.getMessage())
                : failure.getMessage() + " (" + failure.getCause().getMessage() + ")";
    }

    /** One stream, from request to end. */
    private final class Attempt
            implements ClientResponseObserver<StreamPricesRequest, StreamPricesResponse> {
        private ClientCallStreamObserver<StreamPricesRequest> call;
        private boolean started;
        private boolean heard;
        private boolean ended;

        @Override
        public void beforeStart(ClientCallStreamObserver<StreamPricesRequest> requests) {
            call = requests;
            started = true;
        }

        @Override
        public void onNext(StreamPricesResponse message) {
            received(this, message);
        }

        @Override
        public void onError(Throwable failure) {
            PriceSubscriber.this.ended(this, describe(failure));
        }

        @Override
        public void onCompleted() {
            PriceSubscriber.this.ended(this, "the sender completed it");
        }

        void cancel(String why) {
            if (started && !ended) {
                call.cancel(why, null);
                PriceSubscriber.this.ended(this, why);
            }
        }
    }
}

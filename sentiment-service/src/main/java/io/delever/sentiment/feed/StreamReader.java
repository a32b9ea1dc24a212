package io.delever.sentiment.feed;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads one server stream for ever: one message at a time, reconnects with growing waits, and opens
 * anew where nothing was heard for long (SSVC-003). The next message is asked for only once the
 * last has been taken, so a slow reader holds one message and the sender conflates the rest.
 *
 * @param <Q> the request
 * @param <R> the messages
 */
final class StreamReader<Q, R> implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(StreamReader.class);

    private final String name;
    private final Source<Q, R> source;
    private final StreamLimits limits;
    private final ScheduledExecutorService scheduler;

    private Duration wait;
    private @Nullable Attempt current;
    private boolean closed;

    /** What is read and who reads it. */
    interface Source<Q, R> {
        /** The way to the sender. */
        Channel channel();

        /** Opens the stream from where it was. */
        void open(ClientResponseObserver<Q, R> observer);

        /**
         * A message; {@code taken} asks for the next. Where it cannot be taken it must be refused,
         * never dropped.
         */
        Reception receive(R message, Runnable taken);

        /** The stream is known to be up, or it ended. */
        void connected(boolean up);

        /** Nothing was heard for long and the stream is about to be opened anew. */
        void quiet();
    }

    /** What became of a message. */
    enum Reception {
        TAKEN,
        /** There was no room: the stream is closed and opened again from the message before. */
        REFUSED
    }

    StreamReader(
            String name,
            Source<Q, R> source,
            StreamLimits limits,
            ScheduledExecutorService scheduler) {
        this.name = name;
        this.source = source;
        this.limits = limits;
        this.scheduler = scheduler;
        this.wait = limits.retryMin();
    }

    void start() {
        var _ = schedule(this::connect, Duration.ZERO);
    }

    synchronized boolean isConnected() {
        return current != null && current.heard;
    }

    /**
     * Whether a stream is open of which nothing is known yet: a resumed one may have nothing to
     * say.
     */
    synchronized boolean isUnconfirmed() {
        return current != null && !current.heard;
    }

    /** Another call to the same sender was answered while the stream was open. */
    synchronized void confirm() {
        if (current != null) {
            current.hear();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (current != null) {
            current.cancel("the service shuts down");
        }
    }

    private synchronized void connect() {
        if (closed) {
            return;
        }
        Attempt attempt = new Attempt();
        current = attempt;
        retryNow(source.channel());
        source.open(attempt);
        attempt.watchSilence();
    }

    /**
     * A channel waits longer and longer before it connects again, up to minutes; the pace here is
     * the reader's own.
     */
    private static void retryNow(Channel channel) {
        if (channel instanceof ManagedChannel managed) {
            managed.resetConnectBackoff();
        } else {
            LOG.debugf("%s keeps its own pace of connecting", channel.getClass());
        }
    }

    private synchronized void end(Attempt attempt, String why) {
        if (attempt.ended) {
            return;
        }
        attempt.ended = true;
        if (current == attempt) {
            current = null;
        }
        if (attempt.heard) {
            source.connected(false);
        }
        if (closed) {
            return;
        }
        LOG.infof("%s stream ended: %s; next attempt in %s", name, why, wait);
        var _ = schedule(this::connect, wait);
        Duration doubled = wait.multipliedBy(2);
        wait = doubled.compareTo(limits.retryMax()) > 0 ? limits.retryMax() : doubled;
    }

    private synchronized void received(Attempt attempt, R message) {
        if (attempt.ended || closed) {
            return;
        }
        attempt.hear();
        wait = limits.retryMin();
        attempt.watchSilence();
        Reception reception = source.receive(message, attempt::askForNext);
        if (reception == Reception.REFUSED) {
            attempt.cancel("no room for its message");
        }
    }

    private Optional<ScheduledFuture<?>> schedule(Runnable action, Duration after) {
        try {
            return Optional.of(scheduler.schedule(action, after.toNanos(), TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException e) {
            LOG.debugf("%s: not scheduled, the service shuts down", name);
            return Optional.empty();
        }
    }

    /** One stream, from request to end. */
    private final class Attempt implements ClientResponseObserver<Q, R> {
        private @Nullable ClientCallStreamObserver<Q> call;
        private Optional<ScheduledFuture<?>> silence = Optional.empty();
        private boolean heard;
        private boolean ended;

        @Override
        public void beforeStart(ClientCallStreamObserver<Q> requests) {
            call = requests;
            requests.disableAutoRequestWithInitial(1);
        }

        @Override
        public void onNext(R message) {
            received(this, message);
        }

        @Override
        public void onError(Throwable failure) {
            end(this, String.valueOf(failure.getMessage()));
        }

        @Override
        public void onCompleted() {
            end(this, "the sender completed it");
        }

        private void hear() {
            if (!heard) {
                heard = true;
                source.connected(true);
            }
        }

        private void askForNext() {
            ClientCallStreamObserver<Q> open = call;
            if (open != null) {
                open.request(1);
            }
        }

        private void watchSilence() {
            silence.ifPresent(timer -> timer.cancel(false));
            silence = schedule(() -> cancelQuiet(), limits.quietLimit());
        }

        private void cancelQuiet() {
            synchronized (StreamReader.this) {
                source.quiet();
                cancel("nothing heard for " + limits.quietLimit());
            }
        }

        private void cancel(String why) {
            silence.ifPresent(timer -> timer.cancel(false));
            if (!ended && call != null) {
                call.cancel(why, null);
            }
            end(this, why);
        }
    }
}

package io.delever.gateway.client;

import io.delever.gateway.client.ConflatedState.Batch;
import io.delever.gateway.client.ConflatedState.Cursor;
import io.delever.gateway.client.ConflatedState.Delta;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * One subscription to a stream of a service, shared by every reader of the gateway (GATE-031). It
 * comes back by itself after the service was away and resumes where it stopped; readers stay
 * connected meanwhile (GATE-033).
 *
 * @param <V> what the stream carries
 */
public final class StreamHub<V> {
    private static final Logger LOG = Logger.getLogger(StreamHub.class);

    private final String name;
    private final Definition<V, ?, ?> definition;
    private final UpstreamSettings settings;
    private final StreamLimits limits;
    private final ScheduledExecutorService scheduler;
    private final ReentrantLock lock = new ReentrantLock();
    private final ConflatedState<V> state;
    private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
    private final AtomicLong reconnects = new AtomicLong();
    private volatile Optional<ClientCallStreamObserver<?>> call = Optional.empty();
    private volatile Optional<Future<?>> heartbeats = Optional.empty();
    private volatile Optional<Receiver<?, ?>> current = Optional.empty();
    private volatile Optional<Future<?>> confirmation = Optional.empty();
    private volatile Optional<Future<?>> reconnect = Optional.empty();
    private volatile boolean connected;
    private volatile boolean stopped;
    private volatile Duration delay;

    /**
     * How a stream is opened and read.
     *
     * @param upstream the service that sends it
     * @param transportReady whether there is a connection to it
     * @param open starts the call
     * @param request makes the request from where to resume
     * @param decode turns a message into values by key
     * @param observer sees every batch before the readers do
     */
    record Definition<V, Q, P>(
            Upstream upstream,
            BooleanSupplier transportReady,
            Opener<Q, P> open,
            Function<Cursor, Q> request,
            Function<P, Batch<V>> decode,
            Consumer<Batch<V>> observer) {}

    /** Starts a server-streaming call. */
    interface Opener<Q, P> {
        void open(Q request, ClientResponseObserver<Q, P> receiver);
    }

    /** Somebody who wants to know that there is something new; must return at once. */
    public interface Reader {
        /** There is something new: a value, or the connection to the service came or went. */
        void changed();

        /** The pause after which a quiet connection needs a sign of life has passed. */
        void heartbeat();
    }

    StreamHub(
            String name,
            Definition<V, ?, ?> definition,
            UpstreamSettings settings,
            StreamLimits limits,
            ScheduledExecutorService scheduler) {
        this.name = name;
        this.definition = definition;
        this.settings = settings;
        this.limits = limits;
        this.scheduler = scheduler;
        this.state = new ConflatedState<>(limits.maxValues(), limits.maxEndedValues());
        this.delay = settings.reconnectDelayMin();
    }

    /** Opens the stream and keeps it open until {@link #stop()}. */
    void start() {
        connect();
        long pause = limits.heartbeat().toMillis();
        heartbeats =
                Optional.of(
                        scheduler.scheduleWithFixedDelay(
                                () -> readers.forEach(Reader::heartbeat),
                                pause,
                                pause,
                                TimeUnit.MILLISECONDS));
    }

    void stop() {
        stopped = true;
        heartbeats.ifPresent(future -> future.cancel(false));
        reconnect.ifPresent(future -> future.cancel(false));
        confirmation.ifPresent(future -> future.cancel(false));
        call.ifPresent(c -> c.cancel("the gateway stops", null));
    }

    /** The stream's name, for example {@code prices}. */
    public String name() {
        return name;
    }

    /** Whether the service sends now. */
    public boolean connected() {
        return connected;
    }

    /** How often the stream had to be opened again. */
    public long reconnects() {
        return reconnects.get();
    }

    /** Readers connected now. */
    public int readerCount() {
        return readers.size();
    }

    /**
     * Adds a reader.
     *
     * @return false where the greatest number of readers is reached (GATE-034)
     */
    public boolean add(Reader reader) {
        lock.lock();
        try {
            return readers.size() < limits.maxReaders() && readers.add(reader);
        } finally {
            lock.unlock();
        }
    }

    /** Removes a reader; unknown ones are ignored. */
    public void remove(Reader reader) {
        readers.remove(reader);
    }

    /** The limits that hold for readers. */
    public StreamLimits limits() {
        return limits;
    }

    /** A place in the stream for one reader. */
    public Position<V> positionAfter(Optional<String> lastEventId) {
        return new Position<>(this, lastEventId.flatMap(StreamHub::parse).orElse(Cursor.START));
    }

    Delta<V> since(Cursor cursor) {
        lock.lock();
        try {
            return state.since(cursor);
        } finally {
            lock.unlock();
        }
    }

    private static Optional<Cursor> parse(String eventId) {
        int dash = eventId.lastIndexOf('-');
        if (dash < 1) {
            return Optional.empty();
        }
        try {
            long sequence = Long.parseLong(eventId.substring(dash + 1));
            return Optional.of(new Cursor(eventId.substring(0, dash), sequence));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private void connect() {
        if (!stopped) {
            open(definition);
        }
    }

    private <Q, P> void open(Definition<V, Q, P> opened) {
        Cursor cursor;
        lock.lock();
        try {
            cursor = state.cursor();
        } finally {
            lock.unlock();
        }
        Receiver<Q, P> receiver = new Receiver<>(opened);
        current = Optional.of(receiver);
        opened.open().open(opened.request().apply(cursor), receiver);
        confirmLater(receiver);
    }

    /**
     * A stream on which there is nothing new sends nothing, so an open call over a live connection
     * counts as connected after a while.
     */
    private void confirmLater(Receiver<?, ?> receiver) {
        if (stopped) {
            return;
        }
        long pause = settings.reconnectDelayMin().toMillis();
        confirmation =
                Optional.of(
                        scheduler.schedule(() -> confirm(receiver), pause, TimeUnit.MILLISECONDS));
    }

    private void confirm(Receiver<?, ?> receiver) {
        if (connected || !current.equals(Optional.of(receiver))) {
            return;
        }
        if (definition.transportReady().getAsBoolean()) {
            connected = true;
            readers.forEach(Reader::changed);
        } else {
            confirmLater(receiver);
        }
    }

    private void accept(Batch<V> batch) {
        lock.lock();
        try {
            state.apply(batch);
        } finally {
            lock.unlock();
        }
        connected = true;
        delay = settings.reconnectDelayMin();
        readers.forEach(Reader::changed);
    }

    private void lost(Status status) {
        if (stopped) {
            return;
        }
        boolean was = connected;
        current = Optional.empty();
        connected = false;
        if (was) {
            LOG.warnf("stream %s was lost and is opened again: %s", name, status);
            readers.forEach(Reader::changed);
        }
        reconnects.incrementAndGet();
        Duration pause = delay;
        Duration doubled = pause.multipliedBy(2);
        delay =
                doubled.compareTo(settings.reconnectDelayMax()) < 0
                        ? doubled
                        : settings.reconnectDelayMax();
        reconnect =
                Optional.of(
                        scheduler.schedule(this::connect, pause.toMillis(), TimeUnit.MILLISECONDS));
    }

    private final class Receiver<Q, P> implements ClientResponseObserver<Q, P> {
        private final Definition<V, Q, P> opened;

        Receiver(Definition<V, Q, P> opened) {
            this.opened = opened;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<Q> stream) {
            call = Optional.of(stream);
        }

        @Override
        public void onNext(P message) {
            Batch<V> batch = opened.decode().apply(message);
            opened.observer().accept(batch);
            accept(batch);
        }

        @Override
        public void onError(Throwable error) {
            lost(Status.fromThrowable(error));
        }

        @Override
        public void onCompleted() {
            lost(Status.OK.withDescription("ended by the service"));
        }
    }
}

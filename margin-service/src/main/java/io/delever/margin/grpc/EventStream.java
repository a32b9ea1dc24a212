package io.delever.margin.grpc;

import io.delever.margin.core.EventHub;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One reader of events about accounts. It keeps nothing but its place: it is sent what the hub
 * holds whenever it can take more, and a snapshot where it fell too far behind. JRNL-020 to
 * JRNL-022.
 *
 * @param <E> an event about one account
 * @param <M> the message that carries them
 */
final class EventStream<E, M> {
    private static final int EVENTS_PER_MESSAGE = 512;

    /**
     * Where a reader says that it stopped.
     *
     * @param sequence empty where it begins
     */
    record Resume(String epoch, Optional<Long> sequence) {}

    /** Makes a message of a page of the hub that has this epoch. */
    @FunctionalInterface
    interface ToMessage<E, M> {
        M message(String epoch, EventHub.Page<E> page);
    }

    private final EventHub<E> hub;
    private final ToMessage<E, M> toMessage;
    private final ServerCallStreamObserver<M> reader;
    private final Executor executor;
    private final Runnable wake = this::wake;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private boolean snapshotDue;
    private long sequence;
    private boolean closed;

    private EventStream(
            EventHub<E> hub,
            ToMessage<E, M> toMessage,
            ServerCallStreamObserver<M> reader,
            Executor executor) {
        this.hub = hub;
        this.toMessage = toMessage;
        this.reader = reader;
        this.executor = executor;
    }

    /**
     * Serves a reader until it cancels or is gone.
     *
     * @param executor sends on its threads, never on those of the shards
     */
    static <E, M> void open(
            EventHub<E> hub,
            Resume resume,
            ToMessage<E, M> toMessage,
            ServerCallStreamObserver<M> reader,
            Executor executor) {
        EventStream<E, M> stream = new EventStream<>(hub, toMessage, reader, executor);
        boolean resumes = resume.sequence().isPresent() && resume.epoch().equals(hub.epoch());
        stream.snapshotDue = !resumes;
        stream.sequence = resumes ? resume.sequence().get() : 0;
        reader.setOnReadyHandler(stream.wake);
        reader.setOnCancelHandler(stream::close);
        hub.addListener(stream.wake);
        Transport.whenGone(stream::close);
        stream.wake();
    }

    private void wake() {
        if (scheduled.compareAndSet(false, true)) {
            executor.execute(this::send);
        }
    }

    private synchronized void send() {
        scheduled.set(false);
        while (!closed && reader.isReady()) {
            Optional<EventHub.Page<E>> page =
                    snapshotDue
                            ? Optional.of(hub.snapshot())
                            : hub.after(sequence, EVENTS_PER_MESSAGE);
            if (page.isEmpty()) {
                return;
            }
            snapshotDue = false;
            sequence = page.get().sequence();
            reader.onNext(toMessage.message(hub.epoch(), page.get()));
        }
    }

    private synchronized void close() {
        closed = true;
        hub.removeListener(wake);
    }
}

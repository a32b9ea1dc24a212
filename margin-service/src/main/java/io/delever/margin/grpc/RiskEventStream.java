package io.delever.margin.grpc;

import io.delever.contracts.margin.v1.RiskEvent;
import io.delever.contracts.margin.v1.StreamRiskEventsRequest;
import io.delever.contracts.margin.v1.StreamRiskEventsResponse;
import io.delever.engine.margin.RiskTransition;
import io.delever.margin.core.RiskEventHub;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One reader of risk events. It keeps nothing but its place: it is sent what the hub holds whenever
 * it can take more, and a snapshot where it fell too far behind. JRNL-020 to JRNL-022.
 */
final class RiskEventStream {
    private static final int EVENTS_PER_MESSAGE = 512;

    private final RiskEventHub hub;
    private final ServerCallStreamObserver<StreamRiskEventsResponse> reader;
    private final Executor executor;
    private final Runnable wake = this::wake;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private boolean snapshotDue;
    private long sequence;
    private boolean closed;

    private RiskEventStream(
            RiskEventHub hub,
            ServerCallStreamObserver<StreamRiskEventsResponse> reader,
            Executor executor) {
        this.hub = hub;
        this.reader = reader;
        this.executor = executor;
    }

    /**
     * Serves a reader until it cancels.
     *
     * @param executor sends on its threads, never on those of the shards
     */
    static void open(
            RiskEventHub hub,
            StreamRiskEventsRequest request,
            ServerCallStreamObserver<StreamRiskEventsResponse> reader,
            Executor executor) {
        RiskEventStream stream = new RiskEventStream(hub, reader, executor);
        boolean resumes =
                request.hasResumeAfterSequence() && request.getResumeEpoch().equals(hub.epoch());
        stream.snapshotDue = !resumes;
        stream.sequence = resumes ? request.getResumeAfterSequence() : 0;
        reader.setOnReadyHandler(stream.wake);
        reader.setOnCancelHandler(stream::close);
        hub.addListener(stream.wake);
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
            Optional<RiskEventHub.Page> page =
                    snapshotDue
                            ? Optional.of(hub.snapshot())
                            : hub.after(sequence, EVENTS_PER_MESSAGE);
            if (page.isEmpty()) {
                return;
            }
            snapshotDue = false;
            sequence = page.get().sequence();
            reader.onNext(message(page.get()));
        }
    }

    private synchronized void close() {
        closed = true;
        hub.removeListener(wake);
    }

    private StreamRiskEventsResponse message(RiskEventHub.Page page) {
        StreamRiskEventsResponse.Builder message =
                StreamRiskEventsResponse.newBuilder()
                        .setEpoch(hub.epoch())
                        .setSequence(page.sequence())
                        .setSnapshot(page.snapshot());
        page.events().forEach(event -> message.addEvents(message(event)));
        return message.build();
    }

    private static RiskEvent message(RiskTransition event) {
        RiskEvent.Builder message =
                RiskEvent.newBuilder()
                        .setAccountId(event.account().value())
                        .setPrevious(AccountMessages.state(event.previous()))
                        .setCurrent(AccountMessages.state(event.current()))
                        .setEventTimeNanos(event.eventTimeNanos());
        event.figures()
                .ifPresent(
                        figures ->
                                message.setEquityE8(figures.equity().e8())
                                        .setAdjustedEquityE8(figures.adjustedEquity().e8())
                                        .setMaintenanceMarginE8(figures.maintenanceMargin().e8()));
        return message.build();
    }
}

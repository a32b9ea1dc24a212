package io.delever.price.grpc;

import io.delever.contracts.price.v1.IngestTicksRequest;
import io.delever.contracts.price.v1.IngestTicksResponse;
import io.delever.price.core.BatchAnswer;
import io.delever.price.core.PriceLoop;
import io.delever.price.core.TickBatch;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * One feed. At most {@link #WINDOW} requests are between arrival and answer; further ones stay with
 * the sender, also while it does not read its answers (PSVC-003).
 */
final class IngestSession implements StreamObserver<IngestTicksRequest> {
    static final int WINDOW = 32;

    private static final Duration RETRY_AFTER = Duration.ofMillis(20);

    private final PriceLoop loop;
    private final ServerCallStreamObserver<IngestTicksResponse> responses;
    private final OpenStreams streams;
    private final StreamWorker worker;
    private final Runnable ending;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private Optional<StatusRuntimeException> failure = Optional.empty();
    private boolean halfClosed;
    private int answeredWithoutRequest;

    /** A request that waits for its answer. */
    private static final class Pending {
        private final long batchId;
        private volatile Optional<IngestTicksResponse> response = Optional.empty();

        Pending(long batchId) {
            this.batchId = batchId;
        }
    }

    IngestSession(
            PriceLoop loop,
            ServerCallStreamObserver<IngestTicksResponse> responses,
            OpenStreams streams) {
        this.loop = loop;
        this.responses = responses;
        this.streams = streams;
        this.ending = () -> fail(ErrorMapper.shuttingDown());
        this.worker = new StreamWorker("ingest", this::answer, () -> streams.remove(ending));
    }

    void open() {
        streams.add(ending);
        responses.disableAutoRequest();
        responses.setOnReadyHandler(worker::wake);
        responses.setOnCancelHandler(worker::stop);
        Transport.whenGone(worker::stop);
        responses.request(WINDOW);
    }

    @Override
    public void onNext(IngestTicksRequest request) {
        if (request.getTicksCount() > loop.ticksPerBatch()) {
            fail(
                    ErrorMapper.invalid(
                            "BATCH_TOO_LARGE",
                            "ticks",
                            Integer.toString(request.getTicksCount()),
                            Integer.toString(loop.ticksPerBatch())));
            return;
        }
        Pending waiting = new Pending(request.getBatchId());
        synchronized (pending) {
            if (halfClosed) {
                return;
            }
            pending.addLast(waiting);
        }
        TickBatch batch =
                new TickBatch(
                        ProtoMapper.ticks(request.getTicksList()),
                        answer -> complete(waiting, answer));
        if (!loop.offer(batch)) {
            waiting.response =
                    Optional.of(
                            IngestTicksResponse.newBuilder()
                                    .setBatchId(waiting.batchId)
                                    .setRetryAfterNanos(RETRY_AFTER.toNanos())
                                    .build());
            worker.wake();
        }
    }

    private void complete(Pending waiting, BatchAnswer answer) {
        waiting.response = Optional.of(ProtoMapper.response(waiting.batchId, answer));
        worker.wake();
    }

    @Override
    public void onError(Throwable cause) {
        worker.stop();
    }

    @Override
    public void onCompleted() {
        synchronized (pending) {
            halfClosed = true;
        }
        worker.wake();
    }

    /** Ends the stream with an error, after the answers that are due before it. */
    private void fail(StatusRuntimeException error) {
        synchronized (pending) {
            if (failure.isEmpty()) {
                failure = Optional.of(error);
            }
            halfClosed = true;
        }
        worker.wake();
    }

    /** Sends the answers that are ready, in the order of their requests. */
    private void answer() {
        Optional<IngestTicksResponse> next = takeAnswered();
        while (next.isPresent()) {
            responses.onNext(next.get());
            answeredWithoutRequest++;
            next = takeAnswered();
        }
        if (isFinished()) {
            failure.ifPresentOrElse(responses::onError, responses::onCompleted);
            worker.stop();
        } else if (answeredWithoutRequest > 0 && responses.isReady()) {
            responses.request(answeredWithoutRequest);
            answeredWithoutRequest = 0;
        }
    }

    private Optional<IngestTicksResponse> takeAnswered() {
        synchronized (pending) {
            Pending first = pending.peekFirst();
            if (first == null || first.response.isEmpty()) {
                return Optional.empty();
            }
            return pending.removeFirst().response;
        }
    }

    private boolean isFinished() {
        synchronized (pending) {
            return halfClosed && pending.isEmpty();
        }
    }
}

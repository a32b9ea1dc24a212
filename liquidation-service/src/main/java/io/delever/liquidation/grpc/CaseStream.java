package io.delever.liquidation.grpc;

import io.delever.contracts.liquidation.v1.StreamCasesRequest;
import io.delever.contracts.liquidation.v1.StreamCasesResponse;
import io.delever.liquidation.core.CaseHub;
import io.delever.liquidation.core.CaseSummary;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/** One reader of the case stream: written to only while its transport takes more (LSVC-021). */
final class CaseStream {
    private final ServerCallStreamObserver<StreamCasesResponse> responses;
    private final Executor executor;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final ReentrantLock sending = new ReentrantLock();
    private volatile Optional<CaseHub.Reader> reader = Optional.empty();
    private volatile boolean ended;

    CaseStream(ServerCallStreamObserver<StreamCasesResponse> responses, Executor executor) {
        this.responses = responses;
        this.executor = executor;
    }

    void open(StreamCasesRequest request, CaseHub hub, int maxReaders) {
        Optional<CaseHub.Position> from =
                request.hasResumeAfterSequence()
                        ? Optional.of(
                                new CaseHub.Position(
                                        request.getResumeEpoch(), request.getResumeAfterSequence()))
                        : Optional.empty();
        responses.setOnReadyHandler(this::wake);
        responses.setOnCancelHandler(this::end);
        responses.setOnCloseHandler(this::end);
        reader = hub.read(from, this::wake);
        if (reader.isEmpty()) {
            responses.onError(Failures.tooManyReaders(maxReaders));
            return;
        }
        if (ended) {
            reader.get().close();
        }
        wake();
    }

    private void end() {
        ended = true;
        reader.ifPresent(CaseHub.Reader::close);
    }

    private void wake() {
        if (!ended && scheduled.compareAndSet(false, true)) {
            executor.execute(this::send);
        }
    }

    private void send() {
        sending.lock();
        try {
            scheduled.set(false);
            while (!ended && responses.isReady()) {
                Optional<CaseHub.Batch> batch = reader.flatMap(CaseHub.Reader::poll);
                if (batch.isEmpty()) {
                    return;
                }
                responses.onNext(message(batch.get()));
            }
        } finally {
            sending.unlock();
        }
    }

    private static StreamCasesResponse message(CaseHub.Batch batch) {
        StreamCasesResponse.Builder message =
                StreamCasesResponse.newBuilder()
                        .setEpoch(batch.epoch())
                        .setSequence(batch.sequence())
                        .setSnapshot(batch.snapshot());
        batch.cases()
                .forEach(value -> message.addCases(CaseMessages.summary(CaseSummary.of(value))));
        return message.build();
    }
}

package io.delever.price.grpc;

import io.delever.contracts.price.v1.StreamPricesResponse;
import io.delever.price.core.PriceBatch;
import io.delever.price.core.Subscription;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Optional;

/**
 * One reader. It is written to only while its transport takes more; what changes meanwhile is kept
 * as one bit for each instrument (PSVC-012).
 */
final class PriceStreamSession {
    private final ServerCallStreamObserver<StreamPricesResponse> responses;
    private final OpenStreams streams;
    private final StreamWorker worker;
    private final Runnable ending;
    private volatile Optional<Subscription> subscription = Optional.empty();
    private volatile Optional<StatusRuntimeException> failure = Optional.empty();

    PriceStreamSession(
            ServerCallStreamObserver<StreamPricesResponse> responses, OpenStreams streams) {
        this.responses = responses;
        this.streams = streams;
        this.ending = () -> refuse(ErrorMapper.shuttingDown());
        this.worker = new StreamWorker("prices", this::send, this::release);
    }

    void open(Subscription opened) {
        subscription = Optional.of(opened);
        streams.add(ending);
        responses.setOnReadyHandler(worker::wake);
        responses.setOnCancelHandler(worker::stop);
        Transport.whenGone(worker::stop);
        worker.wake();
    }

    void wake() {
        worker.wake();
    }

    /** Ends the stream with an error. */
    void refuse(StatusRuntimeException error) {
        failure = Optional.of(error);
        worker.wake();
    }

    private void send() {
        if (failure.isPresent()) {
            responses.onError(failure.get());
            worker.stop();
            return;
        }
        while (responses.isReady() && !worker.isStopped()) {
            Optional<PriceBatch> batch = subscription.flatMap(Subscription::poll);
            if (batch.isEmpty()) {
                return;
            }
            responses.onNext(ProtoMapper.response(batch.get()));
        }
    }

    private void release() {
        streams.remove(ending);
        subscription.ifPresent(Subscription::close);
    }
}

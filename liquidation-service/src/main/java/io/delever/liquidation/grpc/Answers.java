package io.delever.liquidation.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** Answers unary calls away from the event loop. */
final class Answers {
    private final Executor executor;

    Answers(Executor executor) {
        this.executor = executor;
    }

    <T> void unary(StreamObserver<T> observer, Supplier<T> answer) {
        if (observer instanceof ServerCallStreamObserver<T> call) {
            // A caller that has gone is no error; without a handler every answer to it would throw.
            call.setOnCancelHandler(() -> {});
        }
        try {
            executor.execute(() -> send(observer, answer));
        } catch (RejectedExecutionException e) {
            observer.onError(io.grpc.Status.UNAVAILABLE.withCause(e).asRuntimeException());
        }
    }

    private static <T> void send(StreamObserver<T> observer, Supplier<T> answer) {
        T message;
        try {
            message = answer.get();
        } catch (RuntimeException e) {
            observer.onError(Failures.of(e));
            return;
        }
        observer.onNext(message);
        observer.onCompleted();
    }
}

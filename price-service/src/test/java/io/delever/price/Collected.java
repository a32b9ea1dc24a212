package io.delever.price;

import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** What came on a stream, and its end. */
final class Collected<T> implements StreamObserver<T> {
    private final List<T> messages = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Throwable> end = new CompletableFuture<>();

    @Override
    public void onNext(T message) {
        messages.add(message);
    }

    @Override
    public void onError(Throwable cause) {
        end.complete(cause);
    }

    @Override
    public void onCompleted() {
        end.complete(new PriceClient.Completed());
    }

    List<T> messages() {
        return messages;
    }

    Throwable end() {
        return end.orTimeout(PriceClient.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
}

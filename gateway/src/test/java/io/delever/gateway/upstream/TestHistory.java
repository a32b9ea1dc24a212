package io.delever.gateway.upstream;

import io.delever.contracts.price.v1.Candle;
import io.delever.contracts.price.v1.ListCandlesRequest;
import io.delever.contracts.price.v1.ListCandlesResponse;
import io.delever.contracts.price.v1.PriceHistoryServiceGrpc.PriceHistoryServiceImplBase;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;

/** Candles as a test tells them; every request is kept. */
public final class TestHistory extends PriceHistoryServiceImplBase {
    private final List<Candle> candles = new ArrayList<>();
    private final List<ListCandlesRequest> requests = new ArrayList<>();

    /** Adds candles, in the order of their start. */
    public synchronized void put(Candle... more) {
        candles.addAll(List.of(more));
    }

    /** What was asked, in order. */
    public synchronized List<ListCandlesRequest> requests() {
        return List.copyOf(requests);
    }

    @Override
    public synchronized void listCandles(
            ListCandlesRequest request, StreamObserver<ListCandlesResponse> answer) {
        requests.add(request);
        List<Candle> matching =
                candles.stream()
                        .filter(candle -> candle.getStartNanos() >= request.getFromNanos())
                        .toList();
        int size = request.getPageSize() == 0 ? 500 : request.getPageSize();
        ListCandlesResponse.Builder page =
                ListCandlesResponse.newBuilder()
                        .addAllCandles(matching.stream().limit(size).toList());
        matching.stream()
                .skip(size)
                .findFirst()
                .ifPresent(next -> page.setNextFromNanos(next.getStartNanos()));
        answer.onNext(page.build());
        answer.onCompleted();
    }
}

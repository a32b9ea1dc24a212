package io.delever.gateway.upstream;

import com.google.rpc.Code;
import io.delever.contracts.price.v1.GetPriceRequest;
import io.delever.contracts.price.v1.GetPriceResponse;
import io.delever.contracts.price.v1.ListPricesRequest;
import io.delever.contracts.price.v1.ListPricesResponse;
import io.delever.contracts.price.v1.PriceServiceGrpc.PriceServiceImplBase;
import io.delever.contracts.price.v1.PriceState;
import io.delever.contracts.price.v1.PriceUpdate;
import io.delever.contracts.price.v1.SourceExclusion;
import io.delever.contracts.price.v1.SourceExclusionReason;
import io.delever.contracts.price.v1.StreamPricesRequest;
import io.delever.contracts.price.v1.StreamPricesResponse;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** A price service that knows what it is told. */
public final class TestPrices extends PriceServiceImplBase {
    private final ConcurrentSkipListMap<String, PriceUpdate> prices = new ConcurrentSkipListMap<>();
    private final TestStream<PriceUpdate, StreamPricesResponse> stream =
            new TestStream<>(
                    (epoch, sequence, snapshot, values) ->
                            StreamPricesResponse.newBuilder()
                                    .setEpoch(epoch)
                                    .setSequence(sequence)
                                    .setSnapshot(snapshot)
                                    .addAllPrices(values)
                                    .build(),
                    () -> List.copyOf(prices.values()));

    /** A fresh price with two sources; the mark is the index. */
    public static PriceUpdate fresh(String instrument, long priceE8, long timeNanos) {
        return PriceUpdate.newBuilder()
                .setInstrumentId(instrument)
                .setState(PriceState.PRICE_STATE_FRESH)
                .setIndexPriceE8(priceE8)
                .setMarkPriceE8(priceE8)
                .setEventTimeNanos(timeNanos)
                .setComputedAtNanos(timeNanos)
                .setSourcesUsed(3)
                .setSourcesConfigured(3)
                .build();
    }

    /** A price from two of three sources. */
    public static PriceUpdate degraded(String instrument, long priceE8, long timeNanos) {
        return fresh(instrument, priceE8, timeNanos).toBuilder()
                .setState(PriceState.PRICE_STATE_DEGRADED)
                .setSourcesUsed(2)
                .addExclusions(exclusion(SourceExclusionReason.SOURCE_EXCLUSION_REASON_OUTLIER))
                .build();
    }

    /** A price that is too old. */
    public static PriceUpdate stale(String instrument, long priceE8, long timeNanos) {
        return fresh(instrument, priceE8, timeNanos).toBuilder()
                .setState(PriceState.PRICE_STATE_STALE)
                .setSourcesUsed(0)
                .addExclusions(exclusion(SourceExclusionReason.SOURCE_EXCLUSION_REASON_STALE))
                .build();
    }

    /** No price yet. */
    public static PriceUpdate missing(String instrument, long timeNanos) {
        return PriceUpdate.newBuilder()
                .setInstrumentId(instrument)
                .setState(PriceState.PRICE_STATE_MISSING)
                .setComputedAtNanos(timeNanos)
                .setSourcesConfigured(3)
                .addExclusions(exclusion(SourceExclusionReason.SOURCE_EXCLUSION_REASON_NEVER_SEEN))
                .build();
    }

    private static SourceExclusion exclusion(SourceExclusionReason reason) {
        return SourceExclusion.newBuilder()
                .setVenueId("kraken")
                .setMarket("X-USD")
                .setReason(reason)
                .build();
    }

    /** Takes prices and sends them to every reader as one batch. */
    public void publish(PriceUpdate... updates) {
        for (PriceUpdate update : updates) {
            prices.put(update.getInstrumentId(), update);
        }
        stream.publish(List.of(updates));
    }

    TestStream<PriceUpdate, StreamPricesResponse> stream() {
        return stream;
    }

    @Override
    public void getPrice(GetPriceRequest request, StreamObserver<GetPriceResponse> answer) {
        PriceUpdate price = prices.get(request.getInstrumentId());
        if (price == null) {
            answer.onError(
                    Errors.of(
                            Code.NOT_FOUND,
                            "UNKNOWN_INSTRUMENT",
                            "instrument " + request.getInstrumentId() + " is not listed",
                            Map.of("id", request.getInstrumentId())));
            return;
        }
        answer.onNext(GetPriceResponse.newBuilder().setPrice(price).build());
        answer.onCompleted();
    }

    @Override
    public void listPrices(ListPricesRequest request, StreamObserver<ListPricesResponse> answer) {
        answer.onNext(
                ListPricesResponse.newBuilder()
                        .addAllPrices(prices.values())
                        .setSequence(stream.sequence())
                        .build());
        answer.onCompleted();
    }

    @Override
    public void streamPrices(
            StreamPricesRequest request, StreamObserver<StreamPricesResponse> reader) {
        stream.open(request.getResumeEpoch(), request.getResumeAfterSequence(), reader);
    }
}

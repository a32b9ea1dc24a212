package io.delever.price.grpc;

import io.delever.contracts.price.v1.ListCandlesRequest;
import io.delever.contracts.price.v1.ListCandlesResponse;
import io.delever.contracts.price.v1.PriceHistoryServiceGrpc;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.pricing.Candle;
import io.delever.engine.pricing.CandleInterval;
import io.delever.price.core.CandleStore;
import io.delever.price.core.PriceCore;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.util.List;

/** What prices were. */
@GrpcService
class PriceHistoryGrpc extends PriceHistoryServiceGrpc.PriceHistoryServiceImplBase {
    private static final int DEFAULT_PAGE = 500;
    private static final int GREATEST_PAGE = 5_000;

    private final PriceCore core;
    private final OpenStreams streams;

    PriceHistoryGrpc(PriceCore core, OpenStreams streams) {
        this.core = core;
        this.streams = streams;
    }

    /** Waits for the database, so it has a virtual thread of its own. */
    @Override
    public void listCandles(
            ListCandlesRequest request, StreamObserver<ListCandlesResponse> responses) {
        streams.run("list-candles", () -> answer(request, responses));
    }

    private void answer(ListCandlesRequest request, StreamObserver<ListCandlesResponse> responses) {
        ListCandlesResponse response;
        try {
            response = candles(request);
        } catch (RuntimeException e) {
            responses.onError(ErrorMapper.of(e));
            return;
        }
        responses.onNext(response);
        responses.onCompleted();
    }

    private ListCandlesResponse candles(ListCandlesRequest request) {
        CandleInterval interval = ProtoMapper.interval(request.getInterval());
        int size = pageSize(request.getPageSize());
        long end = request.getToNanos() == 0 ? Long.MAX_VALUE : request.getToNanos();
        List<Candle> candles =
                core.history()
                        .read(
                                new CandleStore.Query(
                                        instrument(request.getInstrumentId()),
                                        interval,
                                        request.getFromNanos(),
                                        end,
                                        size + 1));
        ListCandlesResponse.Builder response = ListCandlesResponse.newBuilder();
        candles.stream().limit(size).map(ProtoMapper::candle).forEach(response::addCandles);
        if (candles.size() > size) {
            response.setNextFromNanos(candles.get(size).startNanos());
        }
        return response.build();
    }

    private InstrumentId instrument(String id) {
        return core.registry().all().stream()
                .map(definition -> definition.instrument())
                .filter(instrument -> instrument.value().equals(id))
                .findFirst()
                .orElseThrow(() -> ErrorMapper.unknownInstrument(id));
    }

    private static int pageSize(int asked) {
        if (asked < 0 || asked > GREATEST_PAGE) {
            throw ErrorMapper.invalid(
                    "INVALID_PAGE_SIZE",
                    "page_size",
                    Integer.toString(asked),
                    "1 to " + GREATEST_PAGE);
        }
        return asked == 0 ? DEFAULT_PAGE : asked;
    }
}

package io.delever.price.grpc;

import io.delever.contracts.price.v1.GetPriceRequest;
import io.delever.contracts.price.v1.GetPriceResponse;
import io.delever.contracts.price.v1.ListPricesRequest;
import io.delever.contracts.price.v1.ListPricesResponse;
import io.delever.contracts.price.v1.PriceServiceGrpc;
import io.delever.contracts.price.v1.StreamPricesRequest;
import io.delever.contracts.price.v1.StreamPricesResponse;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.pricing.IndexPrice;
import io.delever.price.core.PriceBook;
import io.delever.price.core.PriceCore;
import io.delever.price.core.ReadRequest;
import io.delever.price.core.Subscribed;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Prices out. */
@GrpcService
class PriceGrpc extends PriceServiceGrpc.PriceServiceImplBase {
    private final PriceCore core;
    private final OpenStreams streams;

    PriceGrpc(PriceCore core, OpenStreams streams) {
        this.core = core;
        this.streams = streams;
    }

    @Override
    public void getPrice(GetPriceRequest request, StreamObserver<GetPriceResponse> responses) {
        Optional<IndexPrice> price =
                instrument(request.getInstrumentId())
                        .flatMap(id -> core.publisher().book().price(id));
        if (price.isEmpty()) {
            responses.onError(ErrorMapper.unknownInstrument(request.getInstrumentId()));
            return;
        }
        responses.onNext(
                GetPriceResponse.newBuilder().setPrice(ProtoMapper.update(price.get())).build());
        responses.onCompleted();
    }

    @Override
    public void listPrices(
            ListPricesRequest request, StreamObserver<ListPricesResponse> responses) {
        PriceBook book = core.publisher().book();
        responses.onNext(
                ListPricesResponse.newBuilder()
                        .addAllPrices(book.all().stream().map(ProtoMapper::update).toList())
                        .setSequence(book.sequence())
                        .build());
        responses.onCompleted();
    }

    @Override
    public void streamPrices(
            StreamPricesRequest request, StreamObserver<StreamPricesResponse> responses) {
        try {
            ReadRequest read = readRequest(request);
            PriceStreamSession session =
                    new PriceStreamSession(
                            (ServerCallStreamObserver<StreamPricesResponse>) responses, streams);
            switch (core.publisher().subscribe(read, session::wake)) {
                case Subscribed.Open open -> session.open(open.subscription());
                case Subscribed.UnknownInstrument unknown ->
                        session.refuse(ErrorMapper.unknownInstrument(unknown.instrument()));
                case Subscribed.TooMany tooMany ->
                        session.refuse(ErrorMapper.tooManySubscriptions(tooMany.limit()));
            }
        } catch (StatusRuntimeException refused) {
            responses.onError(refused);
        }
    }

    private static ReadRequest readRequest(StreamPricesRequest request) {
        List<InstrumentId> instruments = new ArrayList<>();
        for (String id : request.getInstrumentIdsList()) {
            instruments.add(instrument(id).orElseThrow(() -> ErrorMapper.unknownInstrument(id)));
        }
        return new ReadRequest(
                instruments,
                request.hasResumeAfterSequence()
                        ? Optional.of(
                                new ReadRequest.Position(
                                        request.getResumeEpoch(), request.getResumeAfterSequence()))
                        : Optional.empty());
    }

    /** Empty where the text is no id: then it is certainly not listed. */
    private static Optional<InstrumentId> instrument(String id) {
        try {
            return Optional.of(new InstrumentId(id));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}

package io.delever.price.grpc;

import io.delever.contracts.price.v1.ListInstrumentsRequest;
import io.delever.contracts.price.v1.ListInstrumentsResponse;
import io.delever.contracts.price.v1.PriceAdminServiceGrpc;
import io.delever.contracts.price.v1.PutInstrumentRequest;
import io.delever.contracts.price.v1.PutInstrumentResponse;
import io.delever.engine.pricing.IndexDefinition;
import io.delever.price.core.PriceCore;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;

/** What is listed. */
@GrpcService
class PriceAdminGrpc extends PriceAdminServiceGrpc.PriceAdminServiceImplBase {
    private static final int COMMAND_ID_LENGTH = 128;

    private final PriceCore core;
    private final OpenStreams streams;

    PriceAdminGrpc(PriceCore core, OpenStreams streams) {
        this.core = core;
        this.streams = streams;
    }

    /**
     * Waits for the database, so it has a virtual thread of its own. Not by the framework's
     * annotation: that dispatches a request and its end separately, and now and then the end first.
     */
    @Override
    public void putInstrument(
            PutInstrumentRequest request, StreamObserver<PutInstrumentResponse> responses) {
        streams.run("put-instrument", () -> answer(request, responses));
    }

    private void answer(
            PutInstrumentRequest request, StreamObserver<PutInstrumentResponse> responses) {
        PutInstrumentResponse response;
        try {
            response = put(request);
        } catch (RuntimeException e) {
            responses.onError(ErrorMapper.of(e));
            return;
        }
        responses.onNext(response);
        responses.onCompleted();
    }

    private PutInstrumentResponse put(PutInstrumentRequest request) {
        IndexDefinition stored =
                core.registry()
                        .put(
                                commandId(request.getCommandId()),
                                DefinitionMapper.definition(request.getDefinition()));
        return PutInstrumentResponse.newBuilder()
                .setDefinition(DefinitionMapper.definition(stored))
                .build();
    }

    private static String commandId(String id) {
        boolean printable = id.chars().allMatch(c -> c > ' ' && c <= '~');
        if (id.isEmpty() || id.length() > COMMAND_ID_LENGTH || !printable) {
            throw ErrorMapper.invalid(
                    "INVALID_COMMAND_ID",
                    "command_id",
                    ProtoMapper.shown(id),
                    "1 to %d printable characters without blanks".formatted(COMMAND_ID_LENGTH));
        }
        return id;
    }

    @Override
    public void listInstruments(
            ListInstrumentsRequest request, StreamObserver<ListInstrumentsResponse> responses) {
        responses.onNext(
                ListInstrumentsResponse.newBuilder()
                        .addAllDefinitions(
                                core.registry().all().stream()
                                        .map(DefinitionMapper::definition)
                                        .toList())
                        .build());
        responses.onCompleted();
    }
}

package io.delever.price.grpc;

import io.delever.contracts.price.v1.HaltInstrumentRequest;
import io.delever.contracts.price.v1.HaltInstrumentResponse;
import io.delever.contracts.price.v1.HoldChange;
import io.delever.contracts.price.v1.ListInstrumentsRequest;
import io.delever.contracts.price.v1.ListInstrumentsResponse;
import io.delever.contracts.price.v1.PriceAdminServiceGrpc;
import io.delever.contracts.price.v1.PutInstrumentRequest;
import io.delever.contracts.price.v1.PutInstrumentResponse;
import io.delever.contracts.price.v1.ResumeInstrumentRequest;
import io.delever.contracts.price.v1.ResumeInstrumentResponse;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.pricing.IndexDefinition;
import io.delever.price.core.PriceCore;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.util.function.Supplier;

/** What is listed. */
@GrpcService
class PriceAdminGrpc extends PriceAdminServiceGrpc.PriceAdminServiceImplBase {
    private static final int COMMAND_ID_LENGTH = 128;
    private static final int REASON_LENGTH = 256;

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
        streams.run("put-instrument", () -> answer(() -> put(request), responses));
    }

    @Override
    public void haltInstrument(
            HaltInstrumentRequest request, StreamObserver<HaltInstrumentResponse> responses) {
        streams.run("halt-instrument", () -> answer(() -> halt(request), responses));
    }

    @Override
    public void resumeInstrument(
            ResumeInstrumentRequest request, StreamObserver<ResumeInstrumentResponse> responses) {
        streams.run("resume-instrument", () -> answer(() -> resume(request), responses));
    }

    private static <T> void answer(Supplier<T> change, StreamObserver<T> responses) {
        T response;
        try {
            response = change.get();
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

    private HaltInstrumentResponse halt(HaltInstrumentRequest request) {
        return HaltInstrumentResponse.newBuilder()
                .setChange(
                        change(
                                request.getCommandId(),
                                request.getInstrumentId(),
                                true,
                                request.getReason()))
                .build();
    }

    private ResumeInstrumentResponse resume(ResumeInstrumentRequest request) {
        return ResumeInstrumentResponse.newBuilder()
                .setChange(
                        change(
                                request.getCommandId(),
                                request.getInstrumentId(),
                                false,
                                request.getReason()))
                .build();
    }

    private HoldChange change(String commandId, String instrument, boolean halted, String reason) {
        if (reason.isBlank() || reason.length() > REASON_LENGTH) {
            throw ErrorMapper.invalid(
                    "INVALID_REASON",
                    "reason",
                    ProtoMapper.shown(reason),
                    "1 to %d characters".formatted(REASON_LENGTH));
        }
        InstrumentId known =
                core.registry().all().stream()
                        .map(IndexDefinition::instrument)
                        .filter(each -> each.value().equals(instrument))
                        .findFirst()
                        .orElseThrow(() -> ErrorMapper.unknownInstrument(instrument));
        return ProtoMapper.change(
                core.registry().halt(commandId(commandId), known, halted, reason));
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

package io.delever.gateway.upstream;

import io.delever.contracts.price.v1.HaltInstrumentRequest;
import io.delever.contracts.price.v1.HaltInstrumentResponse;
import io.delever.contracts.price.v1.HoldChange;
import io.delever.contracts.price.v1.IndexDefinition;
import io.delever.contracts.price.v1.ListInstrumentsRequest;
import io.delever.contracts.price.v1.ListInstrumentsResponse;
import io.delever.contracts.price.v1.PriceAdminServiceGrpc.PriceAdminServiceImplBase;
import io.delever.contracts.price.v1.PutInstrumentRequest;
import io.delever.contracts.price.v1.PutInstrumentResponse;
import io.delever.contracts.price.v1.ResumeInstrumentRequest;
import io.delever.contracts.price.v1.ResumeInstrumentResponse;
import io.grpc.stub.StreamObserver;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Keeps the first change under each command id. */
public final class TestPriceAdmin extends PriceAdminServiceImplBase {
    private final Map<String, HoldChange> changes = new HashMap<>();

    private final Map<String, IndexDefinition> definitions = new TreeMap<>();
    private final Map<String, IndexDefinition> stored = new HashMap<>();

    @Override
    public synchronized void putInstrument(
            PutInstrumentRequest request, StreamObserver<PutInstrumentResponse> answer) {
        IndexDefinition first =
                stored.computeIfAbsent(
                        request.getCommandId(),
                        key -> {
                            definitions.put(
                                    request.getDefinition().getInstrumentId(),
                                    request.getDefinition());
                            return request.getDefinition();
                        });
        answer.onNext(PutInstrumentResponse.newBuilder().setDefinition(first).build());
        answer.onCompleted();
    }

    @Override
    public synchronized void listInstruments(
            ListInstrumentsRequest request, StreamObserver<ListInstrumentsResponse> answer) {
        answer.onNext(
                ListInstrumentsResponse.newBuilder()
                        .addAllDefinitions(definitions.values())
                        .build());
        answer.onCompleted();
    }

    private synchronized HoldChange change(
            String command, String instrument, boolean halted, String reason) {
        return changes.computeIfAbsent(
                command,
                key ->
                        HoldChange.newBuilder()
                                .setInstrumentId(instrument)
                                .setHalted(halted)
                                .setReason(reason)
                                .setReceivedAtNanos(1_760_000_000_000_000_000L)
                                .build());
    }

    @Override
    public void haltInstrument(
            HaltInstrumentRequest request, StreamObserver<HaltInstrumentResponse> answer) {
        answer.onNext(
                HaltInstrumentResponse.newBuilder()
                        .setChange(
                                change(
                                        request.getCommandId(),
                                        request.getInstrumentId(),
                                        true,
                                        request.getReason()))
                        .build());
        answer.onCompleted();
    }

    @Override
    public void resumeInstrument(
            ResumeInstrumentRequest request, StreamObserver<ResumeInstrumentResponse> answer) {
        answer.onNext(
                ResumeInstrumentResponse.newBuilder()
                        .setChange(
                                change(
                                        request.getCommandId(),
                                        request.getInstrumentId(),
                                        false,
                                        request.getReason()))
                        .build());
        answer.onCompleted();
    }
}

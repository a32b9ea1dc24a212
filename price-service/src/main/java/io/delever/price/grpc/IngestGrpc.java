package io.delever.price.grpc;

import io.delever.contracts.price.v1.IngestTicksRequest;
import io.delever.contracts.price.v1.IngestTicksResponse;
import io.delever.contracts.price.v1.PriceIngestServiceGrpc;
import io.delever.price.core.PriceCore;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;

/** Ticks in. */
@GrpcService
class IngestGrpc extends PriceIngestServiceGrpc.PriceIngestServiceImplBase {
    private final PriceCore core;
    private final OpenStreams streams;

    IngestGrpc(PriceCore core, OpenStreams streams) {
        this.core = core;
        this.streams = streams;
    }

    @Override
    public StreamObserver<IngestTicksRequest> ingestTicks(
            StreamObserver<IngestTicksResponse> responses) {
        IngestSession session =
                new IngestSession(
                        core.loop(),
                        (ServerCallStreamObserver<IngestTicksResponse>) responses,
                        streams);
        session.open();
        return session;
    }
}

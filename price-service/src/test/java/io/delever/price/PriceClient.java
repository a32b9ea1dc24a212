package io.delever.price;

import io.delever.contracts.price.v1.IndexDefinition;
import io.delever.contracts.price.v1.IndexSource;
import io.delever.contracts.price.v1.IngestTicksRequest;
import io.delever.contracts.price.v1.IngestTicksResponse;
import io.delever.contracts.price.v1.PriceAdminServiceGrpc;
import io.delever.contracts.price.v1.PriceIngestServiceGrpc;
import io.delever.contracts.price.v1.PriceServiceGrpc;
import io.delever.contracts.price.v1.PutInstrumentRequest;
import io.delever.contracts.price.v1.StreamPricesRequest;
import io.delever.contracts.price.v1.StreamPricesResponse;
import io.delever.contracts.price.v1.Tick;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client from outside: grpc-java on Netty and the generated stubs, nothing of the service. */
public final class PriceClient implements AutoCloseable {
    /** Longest wait for anything. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int SMALL_WINDOW = 65_535;

    private final ManagedChannel channel;

    /** Connects to a port of this machine with a small flow-control window. */
    public PriceClient(int port) {
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port)
                        .usePlaintext()
                        .initialFlowControlWindow(SMALL_WINDOW)
                        .maxInboundMessageSize(64 << 20)
                        .build();
    }

    /** The channel itself. */
    public ManagedChannel channel() {
        return channel;
    }

    /** Unary calls on prices. */
    public PriceServiceGrpc.PriceServiceBlockingStub prices() {
        return PriceServiceGrpc.newBlockingStub(channel).withDeadlineAfter(PATIENCE);
    }

    /** Unary calls on definitions. */
    public PriceAdminServiceGrpc.PriceAdminServiceBlockingStub admin() {
        return PriceAdminServiceGrpc.newBlockingStub(channel).withDeadlineAfter(PATIENCE);
    }

    /** Lists an instrument under a new command id. */
    public void list(IndexDefinition definition) {
        var response =
                admin().putInstrument(
                                PutInstrumentRequest.newBuilder()
                                        .setCommandId(UUID.randomUUID().toString())
                                        .setDefinition(definition)
                                        .build());
        if (!response.getDefinition().equals(definition)) {
            throw new AssertionError("answered " + response);
        }
    }

    /** Venues with the market {@code X}, weight 1, staleness limit 10 s; minimum 1, 5 %, 0.01. */
    public static IndexDefinition.Builder index(String instrument, String... venues) {
        IndexDefinition.Builder definition =
                IndexDefinition.newBuilder()
                        .setInstrumentId(instrument)
                        .setMinimumSources(1)
                        .setOutlierLimitPpm(50_000)
                        .setTickSizeE8(1_000_000);
        for (String venue : venues) {
            definition.addSources(
                    IndexSource.newBuilder()
                            .setVenueId(venue)
                            .setMarket("X")
                            .setWeight(1)
                            .setStalenessLimitNanos(10_000_000_000L));
        }
        return definition;
    }

    /** A tick of market {@code X}. */
    public static Tick tick(String venue, long wholePrice, long timeNanos) {
        return Tick.newBuilder()
                .setVenueId(venue)
                .setMarket("X")
                .setPriceE8(wholePrice * 100_000_000L)
                .setEventTimeNanos(timeNanos)
                .build();
    }

    /** Opens a feed. */
    public Feed feed() {
        return new Feed(PriceIngestServiceGrpc.newStub(channel));
    }

    /** Opens a price stream that reads all by itself. */
    public Reader read(StreamPricesRequest request) {
        return new Reader(PriceServiceGrpc.newStub(channel), request, Integer.MAX_VALUE);
    }

    /** Opens a price stream that takes this many messages and then none until asked to. */
    public Reader readOnly(int messages, StreamPricesRequest request) {
        return new Reader(PriceServiceGrpc.newStub(channel), request, messages);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private static <T> T take(BlockingQueue<T> queue, CompletableFuture<Throwable> end) {
        try {
            T next = queue.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing came; the stream's end: " + end.getNow(null));
            }
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** One ingest stream. */
    public static final class Feed {
        private final BlockingQueue<IngestTicksResponse> responses = new LinkedBlockingQueue<>();
        private final CompletableFuture<Throwable> end = new CompletableFuture<>();
        private final StreamObserver<IngestTicksRequest> requests;
        private long batchId;

        private Feed(PriceIngestServiceGrpc.PriceIngestServiceStub stub) {
            requests =
                    stub.ingestTicks(
                            new StreamObserver<>() {
                                @Override
                                public void onNext(IngestTicksResponse response) {
                                    responses.add(response);
                                }

                                @Override
                                public void onError(Throwable cause) {
                                    end.complete(cause);
                                }

                                @Override
                                public void onCompleted() {
                                    end.complete(new Completed());
                                }
                            });
        }

        /** Sends a batch without waiting. */
        public void send(Tick... ticks) {
            batchId++;
            requests.onNext(
                    IngestTicksRequest.newBuilder()
                            .setBatchId(batchId)
                            .addAllTicks(java.util.List.of(ticks))
                            .build());
        }

        /** The next answer. */
        public IngestTicksResponse answer() {
            return take(responses, end);
        }

        /** Sends a batch and waits for its answer. */
        public IngestTicksResponse sendAndWait(Tick... ticks) {
            send(ticks);
            return answer();
        }

        /** Half-closes. */
        public void complete() {
            requests.onCompleted();
        }

        /** How the stream ended. */
        public Throwable end() {
            return end.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        }
    }

    /** A stream ended well. */
    public static final class Completed extends RuntimeException {
        Completed() {
            super("completed");
        }
    }

    /** One price stream. */
    public static final class Reader
            implements ClientResponseObserver<StreamPricesRequest, StreamPricesResponse> {
        private final BlockingQueue<StreamPricesResponse> batches = new LinkedBlockingQueue<>();
        private final CompletableFuture<Throwable> end = new CompletableFuture<>();
        private final CompletableFuture<ClientCallStreamObserver<StreamPricesRequest>> call =
                new CompletableFuture<>();
        private final int initially;

        private Reader(
                PriceServiceGrpc.PriceServiceStub stub,
                StreamPricesRequest request,
                int initially) {
            this.initially = initially;
            stub.streamPrices(request, this);
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<StreamPricesRequest> requests) {
            requests.disableAutoRequestWithInitial(initially);
            call.complete(requests);
        }

        @Override
        public void onNext(StreamPricesResponse batch) {
            batches.add(batch);
        }

        @Override
        public void onError(Throwable cause) {
            end.complete(cause);
        }

        @Override
        public void onCompleted() {
            end.complete(new Completed());
        }

        /** The next batch. */
        public StreamPricesResponse next() {
            return take(batches, end);
        }

        /** Takes this many messages more. */
        public void request(int messages) {
            call.join().request(messages);
        }

        /** Goes away politely. */
        public void cancel() {
            call.join().cancel("enough", null);
        }

        /** How the stream ended. */
        public Throwable end() {
            return end.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        }
    }
}

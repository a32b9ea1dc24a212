package io.delever.sentiment.app;

import io.delever.contracts.liquidation.v1.Case;
import io.delever.contracts.liquidation.v1.GetCaseRequest;
import io.delever.contracts.liquidation.v1.GetCaseResponse;
import io.delever.contracts.liquidation.v1.LiquidationServiceGrpc;
import io.delever.contracts.liquidation.v1.ListCasesRequest;
import io.delever.contracts.liquidation.v1.ListCasesResponse;
import io.delever.contracts.liquidation.v1.StreamCasesRequest;
import io.delever.contracts.liquidation.v1.StreamCasesResponse;
import io.delever.contracts.margin.v1.Account;
import io.delever.contracts.margin.v1.AccountMargin;
import io.delever.contracts.margin.v1.GetConservationRequest;
import io.delever.contracts.margin.v1.GetConservationResponse;
import io.delever.contracts.margin.v1.InstrumentConservation;
import io.delever.contracts.margin.v1.ListAccountsRequest;
import io.delever.contracts.margin.v1.ListAccountsResponse;
import io.delever.contracts.margin.v1.MarginServiceGrpc;
import io.delever.contracts.margin.v1.PositionMargin;
import io.delever.contracts.margin.v1.RiskEvent;
import io.delever.contracts.margin.v1.RiskState;
import io.delever.contracts.margin.v1.StreamRiskEventsRequest;
import io.delever.contracts.margin.v1.StreamRiskEventsResponse;
import io.delever.contracts.price.v1.PriceServiceGrpc;
import io.delever.contracts.price.v1.PriceUpdate;
import io.delever.contracts.price.v1.StreamPricesRequest;
import io.delever.contracts.price.v1.StreamPricesResponse;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Small real gRPC servers in the place of the three services. */
final class Upstream implements AutoCloseable {
    private final Server server;

    private Upstream(int port, BindableService service) {
        try {
            server =
                    NettyServerBuilder.forAddress(
                                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                            .addService(service)
                            .build()
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Upstream at(int port, BindableService service) {
        return new Upstream(port, service);
    }

    /** Dies at once, like a killed process: open streams break. */
    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends the prices it is told to send to everybody who is connected. */
    static final class Prices extends PriceServiceGrpc.PriceServiceImplBase {
        private final List<StreamObserver<StreamPricesResponse>> readers =
                new CopyOnWriteArrayList<>();
        private final AtomicLong sequence = new AtomicLong();

        @Override
        public void streamPrices(
                StreamPricesRequest request, StreamObserver<StreamPricesResponse> responses) {
            responses.onNext(
                    StreamPricesResponse.newBuilder()
                            .setEpoch("p")
                            .setSequence(sequence.incrementAndGet())
                            .setSnapshot(true)
                            .build());
            readers.add(responses);
        }

        int readerCount() {
            return readers.size();
        }

        void send(List<PriceUpdate> updates) {
            StreamPricesResponse message =
                    StreamPricesResponse.newBuilder()
                            .setEpoch("p")
                            .setSequence(sequence.incrementAndGet())
                            .addAllPrices(updates)
                            .build();
            readers.forEach(reader -> reader.onNext(message));
        }
    }

    /** Counts holders and names accounts at risk. */
    static final class Margin extends MarginServiceGrpc.MarginServiceImplBase {
        private static final long ONE = 100_000_000L;

        private final Map<String, long[]> holders = new ConcurrentHashMap<>();
        private final int atRisk;

        Margin(int atRisk) {
            this.atRisk = atRisk;
        }

        void holders(String instrument, long longs, long shorts) {
            holders.put(instrument, new long[] {longs, shorts});
        }

        @Override
        public void getConservation(
                GetConservationRequest request, StreamObserver<GetConservationResponse> responses) {
            GetConservationResponse.Builder answer =
                    GetConservationResponse.newBuilder().setAccountCount(100);
            holders.forEach(
                    (id, counts) ->
                            answer.addInstruments(
                                    InstrumentConservation.newBuilder()
                                            .setInstrumentId(id)
                                            .setLongAccountCount(counts[0])
                                            .setShortAccountCount(counts[1])));
            responses.onNext(answer.build());
            responses.onCompleted();
        }

        /** Two pages: one long that ends a tenth below its mark, one account without figures. */
        @Override
        public void listAccounts(
                ListAccountsRequest request, StreamObserver<ListAccountsResponse> responses) {
            boolean first = request.getPageToken().isEmpty();
            AccountMargin.Builder margin = AccountMargin.newBuilder();
            if (first) {
                margin.setEquityE8(1_045 * ONE)
                        .setAdjustedEquityE8(1_045 * ONE)
                        .setMaintenanceMarginE8(50 * ONE)
                        .addPositions(
                                PositionMargin.newBuilder()
                                        .setInstrumentId("BOOK-PERP")
                                        .setSizeE8(100 * ONE)
                                        .setMarkPriceE8(100 * ONE)
                                        .setMaintenanceMarginE8(50 * ONE));
            }
            responses.onNext(
                    ListAccountsResponse.newBuilder()
                            .addAccounts(Account.newBuilder().setMargin(margin))
                            .setNextPageToken(first ? "more" : "")
                            .build());
            responses.onCompleted();
        }

        @Override
        public void streamRiskEvents(
                StreamRiskEventsRequest request,
                StreamObserver<StreamRiskEventsResponse> responses) {
            StreamRiskEventsResponse.Builder message =
                    StreamRiskEventsResponse.newBuilder()
                            .setEpoch("m")
                            .setSequence(1)
                            .setSnapshot(true);
            for (int i = 0; i < atRisk; i++) {
                message.addEvents(
                        RiskEvent.newBuilder()
                                .setAccountId("account-" + i)
                                .setCurrent(
                                        i == 0
                                                ? RiskState.RISK_STATE_PRICE_UNAVAILABLE
                                                : RiskState.RISK_STATE_LIQUIDATABLE));
            }
            responses.onNext(message.build());
        }
    }

    /** Streams cases without steps and hands them out with steps. */
    static final class Liquidation extends LiquidationServiceGrpc.LiquidationServiceImplBase {
        private final List<StreamObserver<StreamCasesResponse>> readers =
                new CopyOnWriteArrayList<>();
        private final Map<String, Case> cases = new ConcurrentHashMap<>();
        private final AtomicLong sequence = new AtomicLong();

        void put(Case moved) {
            cases.put(moved.getCaseId(), moved);
            StreamCasesResponse message = message(List.of(moved), false);
            readers.forEach(reader -> reader.onNext(message));
        }

        /** A resumed reader hears nothing until something moves, a new one gets the snapshot. */
        @Override
        public void streamCases(
                StreamCasesRequest request, StreamObserver<StreamCasesResponse> responses) {
            if (request.getResumeEpoch().isEmpty()) {
                responses.onNext(message(List.copyOf(cases.values()), true));
            }
            readers.add(responses);
        }

        @Override
        public void getCase(GetCaseRequest request, StreamObserver<GetCaseResponse> responses) {
            responses.onNext(
                    GetCaseResponse.newBuilder().setCase(cases.get(request.getCaseId())).build());
            responses.onCompleted();
        }

        @Override
        public void listCases(
                ListCasesRequest request, StreamObserver<ListCasesResponse> responses) {
            responses.onNext(ListCasesResponse.newBuilder().setTotalCount(cases.size()).build());
            responses.onCompleted();
        }

        private StreamCasesResponse message(List<Case> moved, boolean snapshot) {
            StreamCasesResponse.Builder message =
                    StreamCasesResponse.newBuilder()
                            .setEpoch("l")
                            .setSequence(sequence.incrementAndGet())
                            .setSnapshot(snapshot);
            for (Case one : moved) {
                message.addCases(one.toBuilder().clearSteps());
            }
            return message.build();
        }
    }
}

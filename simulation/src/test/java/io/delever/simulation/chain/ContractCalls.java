package io.delever.simulation.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.contracts.execution.v1.CancelOrderRequest;
import io.delever.contracts.execution.v1.ExecutionServiceGrpc;
import io.delever.contracts.execution.v1.GetDepthRequest;
import io.delever.contracts.execution.v1.GetOrderRequest;
import io.delever.contracts.execution.v1.OrderStatus;
import io.delever.contracts.execution.v1.Side;
import io.delever.contracts.execution.v1.SubmitOrderRequest;
import io.delever.contracts.liquidation.v1.AdlSide;
import io.delever.contracts.liquidation.v1.ContributeToFundRequest;
import io.delever.contracts.liquidation.v1.GetAdlQueueRequest;
import io.delever.contracts.liquidation.v1.GetCaseRequest;
import io.delever.contracts.liquidation.v1.GetInsuranceFundRequest;
import io.delever.contracts.liquidation.v1.InsuranceFundServiceGrpc;
import io.delever.contracts.liquidation.v1.LiquidationServiceGrpc;
import io.delever.contracts.liquidation.v1.ListCasesRequest;
import io.delever.contracts.liquidation.v1.ListLedgerEntriesRequest;
import io.delever.contracts.liquidation.v1.StreamCasesRequest;
import io.delever.contracts.margin.v1.AccountCommandServiceGrpc;
import io.delever.contracts.margin.v1.AssumedPrice;
import io.delever.contracts.margin.v1.Balance;
import io.delever.contracts.margin.v1.CheckOrderRequest;
import io.delever.contracts.margin.v1.Command;
import io.delever.contracts.margin.v1.CommandReply;
import io.delever.contracts.margin.v1.Deposit;
import io.delever.contracts.margin.v1.EvaluateMarginRequest;
import io.delever.contracts.margin.v1.EvaluateMarginResponse;
import io.delever.contracts.margin.v1.GetAccountRequest;
import io.delever.contracts.margin.v1.GetConservationRequest;
import io.delever.contracts.margin.v1.HypotheticalAccount;
import io.delever.contracts.margin.v1.HypotheticalPosition;
import io.delever.contracts.margin.v1.ListAccountsRequest;
import io.delever.contracts.margin.v1.ListAssetsRequest;
import io.delever.contracts.margin.v1.ListProfitablePositionsRequest;
import io.delever.contracts.margin.v1.MarginServiceGrpc;
import io.delever.contracts.margin.v1.PositionSide;
import io.delever.contracts.margin.v1.StreamRiskEventsRequest;
import io.delever.contracts.margin.v1.SubmitCommandRequest;
import io.delever.contracts.price.v1.GetPriceRequest;
import io.delever.contracts.price.v1.IngestTicksRequest;
import io.delever.contracts.price.v1.IngestTicksResponse;
import io.delever.contracts.price.v1.ListInstrumentsRequest;
import io.delever.contracts.price.v1.ListPricesRequest;
import io.delever.contracts.price.v1.PriceAdminServiceGrpc;
import io.delever.contracts.price.v1.PriceIngestServiceGrpc;
import io.delever.contracts.price.v1.PriceServiceGrpc;
import io.delever.contracts.price.v1.StreamPricesRequest;
import io.delever.contracts.price.v1.Tick;
import io.delever.contracts.price.v1.TickRejectionReason;
import io.delever.contracts.sentiment.v1.GetRiskAdjustmentRequest;
import io.delever.contracts.sentiment.v1.GetScoreRequest;
import io.delever.contracts.sentiment.v1.ListScoresRequest;
import io.delever.contracts.sentiment.v1.SentimentServiceGrpc;
import io.delever.contracts.sentiment.v1.StreamScoresRequest;
import io.delever.simulation.demo.DemoRun;
import io.delever.simulation.scenario.Scenario;
import io.delever.simulation.stack.ServiceName;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * Calls the five contracts as an integrator would: generated stubs, a plain channel, nothing else.
 */
final class ContractCalls implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long ONE = 100_000_000L;

    private final List<ManagedChannel> channels = new ArrayList<>();
    private final DemoRun run;
    private final Scenario scenario;

    ContractCalls(DemoRun run, Scenario scenario) {
        this.run = run;
        this.scenario = scenario;
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
    }

    private ManagedChannel to(int port) {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        channels.add(channel);
        return channel;
    }

    void price() {
        ManagedChannel channel = to(run.stack().port(ServiceName.PRICE));
        var prices = PriceServiceGrpc.newBlockingStub(channel).withDeadlineAfter(LIMIT);
        assertThat(prices.listPrices(ListPricesRequest.getDefaultInstance()).getPricesCount())
                .isEqualTo(scenario.instruments().size());
        var stream = prices.streamPrices(StreamPricesRequest.getDefaultInstance());
        assertThat(stream.next().getSnapshot()).isTrue();
        isNotFound(
                () -> prices.getPrice(GetPriceRequest.newBuilder().setInstrumentId("NO").build()));
        assertThat(
                        PriceAdminServiceGrpc.newBlockingStub(channel)
                                .withDeadlineAfter(LIMIT)
                                .listInstruments(ListInstrumentsRequest.getDefaultInstance())
                                .getDefinitionsCount())
                .isEqualTo(scenario.instruments().size());
        assertThat(ingest(channel).getRejectionsList())
                .singleElement()
                .satisfies(
                        one ->
                                assertThat(one.getReason())
                                        .isEqualTo(
                                                TickRejectionReason
                                                        .TICK_REJECTION_REASON_UNKNOWN_SOURCE));
    }

    private static IngestTicksResponse ingest(ManagedChannel channel) {
        CompletableFuture<IngestTicksResponse> answer = new CompletableFuture<>();
        StreamObserver<IngestTicksRequest> out =
                PriceIngestServiceGrpc.newStub(channel)
                        .withDeadlineAfter(LIMIT)
                        .ingestTicks(
                                new StreamObserver<>() {
                                    @Override
                                    public void onNext(IngestTicksResponse response) {
                                        answer.complete(response);
                                    }

                                    @Override
                                    public void onError(Throwable why) {
                                        answer.completeExceptionally(why);
                                    }

                                    @Override
                                    public void onCompleted() {}
                                });
        out.onNext(
                IngestTicksRequest.newBuilder()
                        .setBatchId(5)
                        .addTicks(
                                Tick.newBuilder()
                                        .setVenueId("nowhere")
                                        .setMarket("X")
                                        .setPriceE8(ONE)
                                        .setEventTimeNanos(1))
                        .build());
        IngestTicksResponse response = answer.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
        out.onCompleted();
        assertThat(response.getBatchId()).isEqualTo(5);
        return response;
    }

    void margin() {
        ManagedChannel channel = to(run.stack().port(ServiceName.MARGIN));
        var commands = AccountCommandServiceGrpc.newBlockingStub(channel).withDeadlineAfter(LIMIT);
        SubmitCommandRequest deposit =
                SubmitCommandRequest.newBuilder()
                        .setCommand(
                                Command.newBuilder()
                                        .setCommandId("outside-1")
                                        .setDeposit(
                                                Deposit.newBuilder()
                                                        .setAccountId("outside")
                                                        .setAssetId("USDC")
                                                        .setAmountE8(1_000 * ONE)))
                        .build();
        CommandReply reply = commands.submitCommand(deposit).getReply();
        assertThat(reply.hasAccepted()).as("%s", reply).isTrue();
        assertThat(commands.submitCommand(deposit).getReply()).isEqualTo(reply);
        var margin = MarginServiceGrpc.newBlockingStub(channel).withDeadlineAfter(LIMIT);
        assertThat(
                        margin.getAccount(
                                        GetAccountRequest.newBuilder()
                                                .setAccountId("outside")
                                                .build())
                                .getAccount()
                                .getBalancesList())
                .containsExactly(
                        Balance.newBuilder().setAssetId("USDC").setAmountE8(1_000 * ONE).build());
        isNotFound(
                () ->
                        margin.getAccount(
                                GetAccountRequest.newBuilder().setAccountId("nobody").build()));
        assertThat(
                        margin.listAccounts(ListAccountsRequest.newBuilder().setPageSize(7).build())
                                .getAccountsCount())
                .isEqualTo(7);
        assertThat(
                        margin.listInstruments(
                                        io.delever.contracts.margin.v1.ListInstrumentsRequest
                                                .getDefaultInstance())
                                .getInstrumentsCount())
                .isEqualTo(scenario.instruments().size());
        assertThat(margin.listAssets(ListAssetsRequest.getDefaultInstance()).getAssetsCount())
                .isEqualTo(2);
        calculations(margin);
    }

    private static void calculations(MarginServiceGrpc.MarginServiceBlockingStub margin) {
        EvaluateMarginResponse evaluated =
                margin.evaluateMargin(
                        EvaluateMarginRequest.newBuilder()
                                .setAccount(
                                        HypotheticalAccount.newBuilder()
                                                .addBalances(
                                                        Balance.newBuilder()
                                                                .setAssetId("USDC")
                                                                .setAmountE8(10_000 * ONE))
                                                .addPositions(
                                                        HypotheticalPosition.newBuilder()
                                                                .setInstrumentId("BTC-PERP")
                                                                .setSizeE8(ONE)
                                                                .setEntryPriceE8(100_000 * ONE)))
                                .addPrices(
                                        AssumedPrice.newBuilder()
                                                .setInstrumentId("BTC-PERP")
                                                .setPriceE8(95_000 * ONE))
                                .build());
        assertThat(evaluated.getMargin().getEquityE8()).isEqualTo(5_000 * ONE);
        assertThat(evaluated.getMargin().getMaintenanceMarginE8()).isEqualTo(950 * ONE);
        assertThat(
                        margin.checkOrder(
                                        CheckOrderRequest.newBuilder()
                                                .setAccountId("outside")
                                                .setInstrumentId("BTC-PERP")
                                                .setSizeE8(1_000 * ONE)
                                                .setLimitPriceE8(100_000 * ONE)
                                                .build())
                                .getPasses())
                .isFalse();
        assertThat(
                        margin.listProfitablePositions(
                                        ListProfitablePositionsRequest.newBuilder()
                                                .setInstrumentId("BTC-PERP")
                                                .setSide(PositionSide.POSITION_SIDE_SHORT)
                                                .build())
                                .getPositionsList())
                .isEmpty();
        assertThat(
                        margin.streamRiskEvents(StreamRiskEventsRequest.getDefaultInstance())
                                .next()
                                .getSnapshot())
                .isTrue();
        assertThat(
                        margin.getConservation(GetConservationRequest.getDefaultInstance())
                                .getConserved())
                .isTrue();
    }

    void liquidation() {
        ManagedChannel channel = to(run.stack().port(ServiceName.LIQUIDATION));
        var cases = LiquidationServiceGrpc.newBlockingStub(channel).withDeadlineAfter(LIMIT);
        assertThat(cases.listCases(ListCasesRequest.getDefaultInstance()).getTotalCount()).isZero();
        isNotFound(() -> cases.getCase(GetCaseRequest.newBuilder().setCaseId("no").build()));
        assertThat(cases.streamCases(StreamCasesRequest.getDefaultInstance()).next().getSnapshot())
                .isTrue();
        assertThat(
                        cases.getAdlQueue(
                                        GetAdlQueueRequest.newBuilder()
                                                .setInstrumentId("BTC-PERP")
                                                .setSide(AdlSide.ADL_SIDE_SHORT)
                                                .build())
                                .getEntriesList())
                .isEmpty();
        var fund = InsuranceFundServiceGrpc.newBlockingStub(channel).withDeadlineAfter(LIMIT);
        ContributeToFundRequest gift =
                ContributeToFundRequest.newBuilder()
                        .setCommandId("outside-gift")
                        .setAssetId("USDC")
                        .setAmountE8(5 * ONE)
                        .build();
        long balance = fund.contributeToFund(gift).getBalance().getBalanceE8();
        assertThat(fund.contributeToFund(gift).getBalance().getBalanceE8()).isEqualTo(balance);
        assertThat(
                        fund.getInsuranceFund(GetInsuranceFundRequest.getDefaultInstance())
                                .getBalanced())
                .isTrue();
        assertThat(
                        fund.listLedgerEntries(ListLedgerEntriesRequest.getDefaultInstance())
                                .getEntriesCount())
                .isEqualTo(2);
    }

    void sentiment() {
        var scores =
                SentimentServiceGrpc.newBlockingStub(to(run.stack().port(ServiceName.SENTIMENT)))
                        .withDeadlineAfter(LIMIT);
        assertThat(
                        scores.getScore(GetScoreRequest.getDefaultInstance())
                                .getScore()
                                .getScoreMicros())
                .isBetween(0L, 100_000_000L);
        assertThat(scores.listScores(ListScoresRequest.getDefaultInstance()).getScoresCount())
                .isPositive();
        assertThat(
                        scores.streamScores(StreamScoresRequest.getDefaultInstance())
                                .next()
                                .getSnapshot())
                .isTrue();
        assertThat(
                        scores.getRiskAdjustment(
                                        GetRiskAdjustmentRequest.newBuilder()
                                                .setInstrumentId("BTC-PERP")
                                                .build())
                                .getAdjustment()
                                .getInitialMarginMultiplierPpm())
                .isGreaterThanOrEqualTo(1_000_000);
    }

    void execution() {
        var venue =
                ExecutionServiceGrpc.newBlockingStub(to(run.venuePort())).withDeadlineAfter(LIMIT);
        assertThat(
                        venue.submitOrder(
                                        SubmitOrderRequest.newBuilder()
                                                .setClientOrderId("outside-order")
                                                .setAccountId("outside")
                                                .setInstrumentId("BTC-PERP")
                                                .setSide(Side.SIDE_BUY)
                                                .setSizeE8(ONE)
                                                .setLimitPriceE8(ONE)
                                                .build())
                                .getOrder()
                                .getStatus())
                .isEqualTo(OrderStatus.ORDER_STATUS_REJECTED);
        assertThat(
                        venue.getOrder(
                                        GetOrderRequest.newBuilder()
                                                .setClientOrderId("outside-order")
                                                .build())
                                .getOrder()
                                .getRejectReason())
                .contains("has no price yet");
        isNotFound(
                () ->
                        venue.cancelOrder(
                                CancelOrderRequest.newBuilder().setClientOrderId("no").build()));
        assertThat(
                        venue.getDepth(
                                        GetDepthRequest.newBuilder()
                                                .setInstrumentId("BTC-PERP")
                                                .build())
                                .getBidsList())
                .isEmpty();
    }

    private static void isNotFound(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND));
    }
}

package io.delever.gateway.upstream;

import com.google.rpc.Code;
import io.delever.contracts.margin.v1.Account;
import io.delever.contracts.margin.v1.AccountMargin;
import io.delever.contracts.margin.v1.AccountOrder;
import io.delever.contracts.margin.v1.AccountStanding;
import io.delever.contracts.margin.v1.Asset;
import io.delever.contracts.margin.v1.AssetConservation;
import io.delever.contracts.margin.v1.CheckOrderRequest;
import io.delever.contracts.margin.v1.CheckOrderResponse;
import io.delever.contracts.margin.v1.EvaluateMarginRequest;
import io.delever.contracts.margin.v1.EvaluateMarginResponse;
import io.delever.contracts.margin.v1.GetAccountRequest;
import io.delever.contracts.margin.v1.GetAccountResponse;
import io.delever.contracts.margin.v1.GetConservationRequest;
import io.delever.contracts.margin.v1.GetConservationResponse;
import io.delever.contracts.margin.v1.Instrument;
import io.delever.contracts.margin.v1.InstrumentConservation;
import io.delever.contracts.margin.v1.ListAccountsRequest;
import io.delever.contracts.margin.v1.ListAccountsResponse;
import io.delever.contracts.margin.v1.ListAssetsRequest;
import io.delever.contracts.margin.v1.ListAssetsResponse;
import io.delever.contracts.margin.v1.ListInstrumentsRequest;
import io.delever.contracts.margin.v1.ListInstrumentsResponse;
import io.delever.contracts.margin.v1.MarginServiceGrpc.MarginServiceImplBase;
import io.delever.contracts.margin.v1.PositionMargin;
import io.delever.contracts.margin.v1.Rejected;
import io.delever.contracts.margin.v1.RejectionReason;
import io.delever.contracts.margin.v1.RiskEvent;
import io.delever.contracts.margin.v1.RiskState;
import io.delever.contracts.margin.v1.RiskTier;
import io.delever.contracts.margin.v1.StandingEvent;
import io.delever.contracts.margin.v1.StreamRiskEventsRequest;
import io.delever.contracts.margin.v1.StreamRiskEventsResponse;
import io.delever.contracts.margin.v1.StreamStandingsRequest;
import io.delever.contracts.margin.v1.StreamStandingsResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;

/**
 * A margin service that keeps the accounts it is told. Some account ids make it fail: {@code boom}
 * fails inside, {@code slow} never answers, {@code busy} is overloaded.
 */
public final class TestMargin extends MarginServiceImplBase {
    private static final long ONE = 100_000_000L;

    final Map<String, Account> accounts = new ConcurrentSkipListMap<>();
    private final Map<String, RiskEvent> unhealthy = new ConcurrentHashMap<>();
    private volatile long residueE8;
    private final TestStream<RiskEvent, StreamRiskEventsResponse> stream =
            new TestStream<>(
                    (epoch, sequence, snapshot, values) ->
                            StreamRiskEventsResponse.newBuilder()
                                    .setEpoch(epoch)
                                    .setSequence(sequence)
                                    .setSnapshot(snapshot)
                                    .addAllEvents(values)
                                    .build(),
                    () -> List.copyOf(unhealthy.values()));

    private final Map<String, StandingEvent> called = new ConcurrentHashMap<>();
    private final TestStream<StandingEvent, StreamStandingsResponse> standings =
            new TestStream<>(
                    (epoch, sequence, snapshot, values) ->
                            StreamStandingsResponse.newBuilder()
                                    .setEpoch(epoch)
                                    .setSequence(sequence)
                                    .setSnapshot(snapshot)
                                    .addAllEvents(values)
                                    .build(),
                    () -> List.copyOf(called.values()));

    /** Sends a change of standing. */
    public void publish(StandingEvent event) {
        if (event.getCurrent().getStanding() == AccountStanding.ACCOUNT_STANDING_HEALTHY) {
            called.remove(event.getAccountId());
        } else {
            called.put(event.getAccountId(), event);
        }
        standings.publish(List.of(event));
    }

    @Override
    public void streamStandings(
            StreamStandingsRequest request, StreamObserver<StreamStandingsResponse> reader) {
        standings.open(request.getResumeEpoch(), request.getResumeAfterSequence(), reader);
    }

    /** Keeps an account. */
    public void put(Account account) {
        accounts.put(account.getAccountId(), account);
    }

    /** Sends changes of risk states as one batch. */
    public void publish(RiskEvent... events) {
        for (RiskEvent event : events) {
            if (event.getCurrent() == RiskState.RISK_STATE_HEALTHY) {
                unhealthy.remove(event.getAccountId());
            } else {
                unhealthy.put(event.getAccountId(), event);
            }
        }
        stream.publish(List.of(events));
    }

    /** Pretends that money was made or lost. */
    public void residue(long e8) {
        residueE8 = e8;
    }

    TestStream<RiskEvent, StreamRiskEventsResponse> stream() {
        return stream;
    }

    @Override
    public void getAccount(GetAccountRequest request, StreamObserver<GetAccountResponse> answer) {
        String id = request.getAccountId();
        if (id.equals("boom")) {
            answer.onError(
                    Status.INTERNAL.withDescription("secret: table accounts").asRuntimeException());
        } else if (id.equals("busy")) {
            answer.onError(
                    Errors.retryable(
                            Code.RESOURCE_EXHAUSTED, "QUEUE_FULL", "shard 3 has 65536 waiting", 7));
        } else if (!id.equals("slow")) {
            Account account = accounts.get(id);
            if (account == null) {
                answer.onError(
                        Errors.of(
                                Code.NOT_FOUND,
                                "UNKNOWN_ACCOUNT",
                                "account " + id + " does not exist",
                                Map.of("id", id)));
                return;
            }
            answer.onNext(GetAccountResponse.newBuilder().setAccount(account).build());
            answer.onCompleted();
        }
    }

    @Override
    public void listAccounts(
            ListAccountsRequest request, StreamObserver<ListAccountsResponse> answer) {
        Comparator<Account> order =
                request.getOrder() == AccountOrder.ACCOUNT_ORDER_BY_ID
                        ? Comparator.comparing(Account::getAccountId)
                        : Comparator.comparingLong(TestMargin::ratio)
                                .thenComparing(Account::getAccountId);
        List<Account> sorted =
                accounts.values().stream()
                        .filter(
                                a ->
                                        request.getStatesCount() == 0
                                                || request.getStatesList()
                                                        .contains(a.getMargin().getState()))
                        .filter(
                                a ->
                                        request.getStandingsCount() == 0
                                                || request.getStandingsList()
                                                        .contains(a.getStanding().getStanding()))
                        .filter(
                                a ->
                                        request.getInstrumentId().isEmpty()
                                                || a.getMargin().getPositionsList().stream()
                                                        .anyMatch(
                                                                p ->
                                                                        p.getInstrumentId()
                                                                                .equals(
                                                                                        request
                                                                                                .getInstrumentId())))
                        .sorted(order)
                        .toList();
        int from = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
        int size = request.getPageSize() == 0 ? 100 : request.getPageSize();
        int to = Math.min(sorted.size(), from + size);
        answer.onNext(
                ListAccountsResponse.newBuilder()
                        .addAllAccounts(sorted.subList(from, to))
                        .setNextPageToken(to < sorted.size() ? Integer.toString(to) : "")
                        .build());
        answer.onCompleted();
    }

    private static long ratio(Account account) {
        return account.getMargin().hasEquityRatioPpm()
                ? account.getMargin().getEquityRatioPpm()
                : Long.MAX_VALUE;
    }

    /** Answers as if no position needed any margin: equity is the sum of the balances. */
    @Override
    public void evaluateMargin(
            EvaluateMarginRequest request, StreamObserver<EvaluateMarginResponse> answer) {
        boolean unknown =
                request.getAccount().getPositionsList().stream()
                        .anyMatch(p -> p.getInstrumentId().equals("NOPE-PERP"));
        if (unknown) {
            answer.onError(
                    Errors.of(
                            Code.INVALID_ARGUMENT,
                            "UNKNOWN_INSTRUMENT",
                            "instrument NOPE-PERP is not listed",
                            Map.of("id", "NOPE-PERP")));
            return;
        }
        long equity =
                request.getAccount().getBalancesList().stream()
                        .mapToLong(b -> b.getAmountE8())
                        .sum();
        AccountMargin.Builder margin =
                AccountMargin.newBuilder()
                        .setState(RiskState.RISK_STATE_HEALTHY)
                        .setEquityE8(equity)
                        .setAdjustedEquityE8(equity);
        request.getAccount()
                .getPositionsList()
                .forEach(
                        p ->
                                margin.addPositions(
                                        PositionMargin.newBuilder()
                                                .setInstrumentId(p.getInstrumentId())
                                                .setSizeE8(p.getSizeE8())
                                                .setEntryPriceE8(p.getEntryPriceE8())
                                                .setLeveragePpm(p.getLeveragePpm())));
        answer.onNext(EvaluateMarginResponse.newBuilder().setMargin(margin).build());
        answer.onCompleted();
    }

    /** Lets at most 2 through. */
    @Override
    public void checkOrder(CheckOrderRequest request, StreamObserver<CheckOrderResponse> answer) {
        CheckOrderResponse.Builder response =
                CheckOrderResponse.newBuilder()
                        .setPasses(request.getSizeE8() <= 2 * ONE)
                        .setLargestPassingSizeE8(2 * ONE);
        if (!response.getPasses()) {
            response.setRejected(
                    Rejected.newBuilder()
                            .setReason(RejectionReason.REJECTION_REASON_INSUFFICIENT_MARGIN)
                            .setDetail("initial margin would be 9, adjusted equity is 5"));
        }
        answer.onNext(response.build());
        answer.onCompleted();
    }

    @Override
    public void listInstruments(
            ListInstrumentsRequest request, StreamObserver<ListInstrumentsResponse> answer) {
        Instrument instrument =
                Instrument.newBuilder()
                        .setInstrumentId("BTC-PERP")
                        .setBaseAssetId("BTC")
                        .setSettlementAssetId("USD")
                        .setTickSizeE8(ONE / 10)
                        .setLotSizeE8(ONE / 1000)
                        .addTiers(
                                RiskTier.newBuilder()
                                        .setInitialMarginPpm(10_000)
                                        .setMaintenanceMarginPpm(5_000))
                        .setTakerFeePpm(500)
                        .setLiquidationFeePpm(5_000)
                        .build();
        answer.onNext(ListInstrumentsResponse.newBuilder().addInstruments(instrument).build());
        answer.onCompleted();
    }

    @Override
    public void listAssets(ListAssetsRequest request, StreamObserver<ListAssetsResponse> answer) {
        answer.onNext(
                ListAssetsResponse.newBuilder()
                        .addAssets(
                                Asset.newBuilder()
                                        .setAssetId("BTC")
                                        .setHaircutPpm(50_000)
                                        .setPricedByInstrumentId("BTC-PERP"))
                        .addAssets(Asset.newBuilder().setAssetId("USD"))
                        .build());
        answer.onCompleted();
    }

    @Override
    public void getConservation(
            GetConservationRequest request, StreamObserver<GetConservationResponse> answer) {
        long deposits =
                accounts.values().stream()
                        .flatMap(a -> Stream.of(a.getBalancesList()).flatMap(List::stream))
                        .mapToLong(b -> b.getAmountE8())
                        .sum();
        answer.onNext(
                GetConservationResponse.newBuilder()
                        .setConserved(residueE8 == 0)
                        .setAccountCount(accounts.size())
                        .setCommandCount(42)
                        .addAssets(
                                AssetConservation.newBuilder()
                                        .setAssetId("USD")
                                        .setAccountsE8(deposits + residueE8)
                                        .setNetDepositsE8(deposits)
                                        .setResidueE8(residueE8))
                        .addInstruments(
                                InstrumentConservation.newBuilder()
                                        .setInstrumentId("BTC-PERP")
                                        .setOpenInterestE8(12 * ONE))
                        .build());
        answer.onCompleted();
    }

    @Override
    public void streamRiskEvents(
            StreamRiskEventsRequest request, StreamObserver<StreamRiskEventsResponse> reader) {
        stream.open(request.getResumeEpoch(), request.getResumeAfterSequence(), reader);
    }
}

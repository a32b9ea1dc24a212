package io.delever.margin.grpc;

import io.delever.contracts.margin.v1.CheckOrderRequest;
import io.delever.contracts.margin.v1.CheckOrderResponse;
import io.delever.contracts.margin.v1.EvaluateMarginRequest;
import io.delever.contracts.margin.v1.EvaluateMarginResponse;
import io.delever.contracts.margin.v1.GetAccountRequest;
import io.delever.contracts.margin.v1.GetAccountResponse;
import io.delever.contracts.margin.v1.GetConservationRequest;
import io.delever.contracts.margin.v1.GetConservationResponse;
import io.delever.contracts.margin.v1.ListAccountsRequest;
import io.delever.contracts.margin.v1.ListAccountsResponse;
import io.delever.contracts.margin.v1.ListAssetsRequest;
import io.delever.contracts.margin.v1.ListAssetsResponse;
import io.delever.contracts.margin.v1.ListInstrumentsRequest;
import io.delever.contracts.margin.v1.ListInstrumentsResponse;
import io.delever.contracts.margin.v1.ListProfitablePositionsRequest;
import io.delever.contracts.margin.v1.ListProfitablePositionsResponse;
import io.delever.contracts.margin.v1.MarginServiceGrpc;
import io.delever.contracts.margin.v1.PositionSide;
import io.delever.contracts.margin.v1.StreamRiskEventsRequest;
import io.delever.contracts.margin.v1.StreamRiskEventsResponse;
import io.delever.contracts.margin.v1.StreamStandingsRequest;
import io.delever.contracts.margin.v1.StreamStandingsResponse;
import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountSnapshot;
import io.delever.engine.margin.Order;
import io.delever.engine.margin.OrderCheck;
import io.delever.engine.margin.OrderVerdict;
import io.delever.engine.margin.ProfitablePosition;
import io.delever.engine.margin.RiskState;
import io.delever.engine.margin.Standing;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.margin.core.AccountPage;
import io.delever.margin.core.AccountReports;
import io.delever.margin.core.Conservations;
import io.delever.margin.core.EventHubs;
import io.delever.margin.core.MarginShards;
import io.delever.margin.core.ShardState;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Reads and calculations over gRPC. */
@GrpcService
public class MarginGrpc extends MarginServiceGrpc.MarginServiceImplBase {
    private static final int DEFAULT_PAGE = 100;
    private static final int MAX_PAGE = 1_000;
    private static final int DEFAULT_POSITIONS = 1_000;
    private static final int MAX_POSITIONS = 10_000;

    private final MarginShards shards;
    private final EventHubs hubs;
    private final Failures failures;
    private final ReadCalls calls;
    private final Executor executor;

    /** Serves these shards; answers on threads of its own. */
    public MarginGrpc(
            MarginShards shards, EventHubs hubs, CallLimits limits, AnswerThreads threads) {
        this.shards = shards;
        this.hubs = hubs;
        this.executor = threads.answers();
        this.failures = new Failures(limits.retryAfter());
        this.calls = new ReadCalls(failures, limits.readLimit(), threads);
    }

    @Override
    public void getAccount(GetAccountRequest request, StreamObserver<GetAccountResponse> response) {
        checked(
                response,
                () -> {
                    AccountId id = new AccountId(request.getAccountId());
                    shards.read(
                            id,
                            state -> AccountReports.complete(state, id),
                            calls.reply(
                                    response,
                                    found ->
                                            GetAccountResponse.newBuilder()
                                                    .setAccount(
                                                            AccountMessages.account(
                                                                    found.orElseThrow(unknown(id))))
                                                    .build()));
                });
    }

    @Override
    public void listAccounts(
            ListAccountsRequest request, StreamObserver<ListAccountsResponse> response) {
        checked(
                response,
                () -> {
                    AccountPage page = page(request);
                    shards.readAll(
                            page::in,
                            calls.reply(response, rows -> listed(page, page.merge(rows))));
                });
    }

    @Override
    public void evaluateMargin(
            EvaluateMarginRequest request, StreamObserver<EvaluateMarginResponse> response) {
        checked(
                response,
                () -> {
                    Hypothesis hypothesis = Hypothesis.of(request);
                    shards.readCommon(
                            hypothesis::evaluate,
                            calls.reply(
                                    response,
                                    margin ->
                                            EvaluateMarginResponse.newBuilder()
                                                    .setMargin(margin)
                                                    .build()));
                });
    }

    @Override
    public void checkOrder(CheckOrderRequest request, StreamObserver<CheckOrderResponse> response) {
        checked(
                response,
                () -> {
                    AccountId id = new AccountId(request.getAccountId());
                    Order order =
                            new Order(
                                    new InstrumentId(request.getInstrumentId()),
                                    new Quantity(request.getSizeE8()),
                                    new Price(request.getLimitPriceE8()),
                                    request.getReduceOnly());
                    shards.read(
                            id,
                            state -> check(state, id, order),
                            calls.reply(
                                    response, found -> verdict(found.orElseThrow(unknown(id)))));
                });
    }

    @Override
    public void streamRiskEvents(
            StreamRiskEventsRequest request, StreamObserver<StreamRiskEventsResponse> response) {
        EventStream.open(
                hubs.risk(),
                new EventStream.Resume(
                        request.getResumeEpoch(),
                        request.hasResumeAfterSequence()
                                ? Optional.of(request.getResumeAfterSequence())
                                : Optional.empty()),
                EventMessages::risk,
                (ServerCallStreamObserver<StreamRiskEventsResponse>) response,
                executor);
    }

    @Override
    public void streamStandings(
            StreamStandingsRequest request, StreamObserver<StreamStandingsResponse> response) {
        EventStream.open(
                hubs.standings(),
                new EventStream.Resume(
                        request.getResumeEpoch(),
                        request.hasResumeAfterSequence()
                                ? Optional.of(request.getResumeAfterSequence())
                                : Optional.empty()),
                EventMessages::standings,
                (ServerCallStreamObserver<StreamStandingsResponse>) response,
                executor);
    }

    @Override
    public void listInstruments(
            ListInstrumentsRequest request, StreamObserver<ListInstrumentsResponse> response) {
        shards.readCommon(
                state -> List.copyOf(state.ledger().instruments().values()),
                calls.reply(
                        response,
                        listed ->
                                ListInstrumentsResponse.newBuilder()
                                        .addAllInstruments(
                                                listed.stream().map(Listings::message).toList())
                                        .build()));
    }

    @Override
    public void listAssets(ListAssetsRequest request, StreamObserver<ListAssetsResponse> response) {
        shards.readCommon(
                state -> List.copyOf(state.ledger().assets().values()),
                calls.reply(
                        response,
                        listed ->
                                ListAssetsResponse.newBuilder()
                                        .addAllAssets(
                                                listed.stream().map(Listings::message).toList())
                                        .build()));
    }

    @Override
    public void listProfitablePositions(
            ListProfitablePositionsRequest request,
            StreamObserver<ListProfitablePositionsResponse> response) {
        checked(
                response,
                () -> {
                    InstrumentId id = new InstrumentId(request.getInstrumentId());
                    boolean isLong = isLong(request.getSide());
                    int limit =
                            size(
                                    "page_size",
                                    request.getPageSize(),
                                    DEFAULT_POSITIONS,
                                    MAX_POSITIONS);
                    shards.readAll(
                            state -> profitable(state, id, isLong, limit),
                            calls.reply(
                                    response,
                                    parts ->
                                            ListProfitablePositionsResponse.newBuilder()
                                                    .addAllPositions(
                                                            parts.stream()
                                                                    .flatMap(List::stream)
                                                                    .sorted(greatestProfitFirst())
                                                                    .limit(limit)
                                                                    .map(TotalMessages::position)
                                                                    .toList())
                                                    .build()));
                });
    }

    @Override
    public void getConservation(
            GetConservationRequest request, StreamObserver<GetConservationResponse> response) {
        shards.readAll(
                state -> state.ledger().conservation(),
                calls.reply(
                        response, parts -> TotalMessages.conservation(Conservations.sum(parts))));
    }

    private void checked(StreamObserver<?> response, Runnable call) {
        try {
            call.run();
        } catch (IllegalArgumentException | ArithmeticException e) {
            calls.fail(response, e);
        }
    }

    private Supplier<RuntimeException> unknown(AccountId id) {
        return () -> failures.unknownAccount(id.value());
    }

    private AccountPage page(ListAccountsRequest request) {
        AccountPage.Order order =
                switch (request.getOrder()) {
                    case ACCOUNT_ORDER_RISKIEST_FIRST, ACCOUNT_ORDER_UNSPECIFIED ->
                            AccountPage.Order.RISKIEST_FIRST;
                    case ACCOUNT_ORDER_BY_ID -> AccountPage.Order.BY_ID;
                    case UNRECOGNIZED ->
                            throw new MalformedException(
                                    "MALFORMED",
                                    "order %d is unknown".formatted(request.getOrderValue()),
                                    Map.of("value", Integer.toString(request.getOrderValue())));
                };
        return new AccountPage(
                order,
                filter(request),
                PageTokens.decode(order, request.getPageToken()),
                size("page_size", request.getPageSize(), DEFAULT_PAGE, MAX_PAGE));
    }

    private static AccountPage.Filter filter(ListAccountsRequest request) {
        Set<RiskState> states = EnumSet.noneOf(RiskState.class);
        for (var state : request.getStatesList()) {
            states.add(
                    AccountMessages.state(state)
                            .orElseThrow(() -> cannotBeAskedFor("risk state", state.name())));
        }
        Set<Standing> standings = EnumSet.noneOf(Standing.class);
        for (var standing : request.getStandingsList()) {
            standings.add(
                    EventMessages.standing(standing)
                            .orElseThrow(() -> cannotBeAskedFor("standing", standing.name())));
        }
        return new AccountPage.Filter(
                states,
                standings,
                request.getInstrumentId().isEmpty()
                        ? Optional.empty()
                        : Optional.of(new InstrumentId(request.getInstrumentId())));
    }

    private static MalformedException cannotBeAskedFor(String what, String value) {
        return new MalformedException(
                "MALFORMED",
                "%s %s cannot be asked for".formatted(what, value),
                Map.of("value", value));
    }

    private static ListAccountsResponse listed(AccountPage page, List<AccountPage.Row> rows) {
        ListAccountsResponse.Builder message = ListAccountsResponse.newBuilder();
        List<AccountPage.Row> shown = rows.subList(0, Math.min(page.size(), rows.size()));
        shown.forEach(row -> message.addAccounts(AccountMessages.account(row.report())));
        if (rows.size() > shown.size()) {
            message.setNextPageToken(PageTokens.encode(page.order(), shown.getLast().place()));
        }
        return message.build();
    }

    /** A verdict with the account it is about. */
    private record Checked(AccountSnapshot account, OrderVerdict verdict) {}

    private static Optional<Checked> check(ShardState state, AccountId id, Order order) {
        return state.ledger()
                .account(id)
                .map(
                        account ->
                                new Checked(
                                        AccountSnapshot.of(account),
                                        OrderCheck.check(
                                                account,
                                                order,
                                                state.standingOf(id).standing(),
                                                state.market(),
                                                state.ledger().parameters())));
    }

    private static CheckOrderResponse verdict(Checked checked) {
        OrderVerdict verdict = checked.verdict();
        CheckOrderResponse.Builder message =
                CheckOrderResponse.newBuilder()
                        .setPasses(verdict.passes())
                        .setLargestPassingSizeE8(verdict.largestPassingSize().e8());
        verdict.refusal()
                .ifPresent(refusal -> message.setRejected(CommandMessages.rejected(refusal)));
        verdict.marginAfter()
                .ifPresent(
                        after ->
                                message.setMarginAfter(
                                        AccountMessages.marginAfter(checked.account(), after)));
        return message.build();
    }

    private List<ProfitablePosition> profitable(
            ShardState state, InstrumentId id, boolean isLong, int limit) {
        if (!state.ledger().instruments().containsKey(id)) {
            throw new MalformedException(
                    "UNKNOWN_INSTRUMENT",
                    "instrument %s is not listed".formatted(id),
                    Map.of("id", id.value()));
        }
        return ProfitablePosition.of(state.ledger(), id, isLong, state.market(), limit);
    }

    private static Comparator<ProfitablePosition> greatestProfitFirst() {
        return Comparator.comparing(ProfitablePosition::unrealizedPnl)
                .reversed()
                .thenComparing(ProfitablePosition::account);
    }

    private static boolean isLong(PositionSide side) {
        return switch (side) {
            case POSITION_SIDE_LONG -> true;
            case POSITION_SIDE_SHORT -> false;
            case POSITION_SIDE_UNSPECIFIED, UNRECOGNIZED ->
                    throw new MalformedException(
                            "MALFORMED",
                            "side must be LONG or SHORT",
                            Map.of("value", side.name()));
        };
    }

    private static int size(String what, int asked, int otherwise, int limit) {
        if (asked < 0 || asked > limit) {
            throw new MalformedException(
                    "MALFORMED",
                    "%s must be 0 to %d, is %d".formatted(what, limit, asked),
                    Map.of("value", Integer.toString(asked), "limit", Integer.toString(limit)));
        }
        return asked == 0 ? otherwise : asked;
    }
}

package io.delever.liquidation.grpc;

import io.delever.contracts.liquidation.v1.AdlQueueEntry;
import io.delever.contracts.liquidation.v1.AdlSide;
import io.delever.contracts.liquidation.v1.GetAdlQueueRequest;
import io.delever.contracts.liquidation.v1.GetAdlQueueResponse;
import io.delever.contracts.liquidation.v1.GetCaseRequest;
import io.delever.contracts.liquidation.v1.GetCaseResponse;
import io.delever.contracts.liquidation.v1.LiquidationServiceGrpc;
import io.delever.contracts.liquidation.v1.ListCasesRequest;
import io.delever.contracts.liquidation.v1.ListCasesResponse;
import io.delever.contracts.liquidation.v1.SimulateAdlRequest;
import io.delever.contracts.liquidation.v1.SimulateAdlResponse;
import io.delever.contracts.liquidation.v1.StreamCasesRequest;
import io.delever.contracts.liquidation.v1.StreamCasesResponse;
import io.delever.engine.account.AccountId;
import io.delever.engine.deleveraging.AdlCandidate;
import io.delever.engine.deleveraging.AdlOrder;
import io.delever.engine.liquidation.CaseId;
import io.delever.engine.liquidation.LiquidationCase;
import io.delever.engine.margin.ProfitablePosition;
import io.delever.engine.market.InstrumentId;
import io.delever.liquidation.core.CaseHub;
import io.delever.liquidation.core.CasePage;
import io.delever.liquidation.core.CaseQuery;
import io.delever.liquidation.core.CaseStore;
import io.delever.liquidation.core.CaseSummary;
import io.delever.liquidation.core.MarginGateway;
import io.delever.liquidation.core.StoredCase;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Cases and the ADL queue over gRPC. */
@GrpcService
public class LiquidationGrpc extends LiquidationServiceGrpc.LiquidationServiceImplBase {
    private static final int MAX_PAGE = 1_000;
    private static final int DEFAULT_PAGE = 100;

    private final CaseHub hub;
    private final CaseStore store;
    private final MarginGateway margin;
    private final CallLimits limits;
    private final Executor executor;
    private final Answers answers;

    /** Answers from these. */
    public LiquidationGrpc(
            CaseHub hub,
            CaseStore store,
            MarginGateway margin,
            CallLimits limits,
            Replies replies) {
        this.hub = hub;
        this.store = store;
        this.margin = margin;
        this.limits = limits;
        executor = replies.executor();
        answers = new Answers(executor);
    }

    @Override
    public void getCase(GetCaseRequest request, StreamObserver<GetCaseResponse> responses) {
        answers.unary(
                responses,
                () -> {
                    CaseId id = Requests.id("case_id", request.getCaseId(), CaseId::new);
                    LiquidationCase value =
                            hub.find(id)
                                    .or(() -> store.find(id).map(StoredCase::value))
                                    .orElseThrow(() -> Failures.unknownCase(id.value()));
                    return GetCaseResponse.newBuilder().setCase(CaseMessages.full(value)).build();
                });
    }

    @Override
    public void listCases(ListCasesRequest request, StreamObserver<ListCasesResponse> responses) {
        answers.unary(
                responses,
                () -> {
                    int size = Requests.pageSize(request.getPageSize(), DEFAULT_PAGE, MAX_PAGE);
                    Optional<AccountId> account =
                            request.getAccountId().isEmpty()
                                    ? Optional.empty()
                                    : Optional.of(
                                            Requests.id(
                                                    "account_id",
                                                    request.getAccountId(),
                                                    AccountId::new));
                    CasePage page =
                            store.cases(
                                    new CaseQuery(
                                            Requests.before(request.getPageToken()),
                                            size,
                                            request.getOpenOnly(),
                                            account));
                    ListCasesResponse.Builder message =
                            ListCasesResponse.newBuilder().setTotalCount(page.total());
                    for (CaseSummary value : page.cases()) {
                        message.addCases(CaseMessages.summary(value));
                    }
                    if (page.cases().size() == size) {
                        message.setNextPageToken(Requests.token(page.cases().getLast().number()));
                    }
                    return message.build();
                });
    }

    @Override
    public void streamCases(
            StreamCasesRequest request, StreamObserver<StreamCasesResponse> responses) {
        new CaseStream((ServerCallStreamObserver<StreamCasesResponse>) responses, executor)
                .open(request, hub, limits.maxReaders());
    }

    @Override
    public void getAdlQueue(
            GetAdlQueueRequest request, StreamObserver<GetAdlQueueResponse> responses) {
        answers.unary(
                responses,
                () -> {
                    int size = Requests.pageSize(request.getPageSize(), DEFAULT_PAGE, MAX_PAGE);
                    InstrumentId instrument =
                            Requests.id(
                                    "instrument_id", request.getInstrumentId(), InstrumentId::new);
                    boolean isLong = isLong(request.getSide());
                    return queue(
                            instrument,
                            isLong,
                            margin.profitable(instrument, isLong, limits.adl().considered()),
                            size);
                });
    }

    @Override
    public void simulateAdl(
            SimulateAdlRequest request, StreamObserver<SimulateAdlResponse> responses) {
        answers.unary(
                responses,
                () -> {
                    InstrumentId instrument =
                            Requests.id(
                                    "instrument_id", request.getInstrumentId(), InstrumentId::new);
                    boolean isLong = isLong(request.getSide());
                    AdlOrder.WhatIf whatIf = AdlSimulations.whatIf(request);
                    return AdlSimulations.answer(
                            view(instrument),
                            isLong,
                            margin.profitable(instrument, isLong, limits.adl().considered()),
                            whatIf);
                });
    }

    private AdlOrder.View view(InstrumentId instrument) {
        return new AdlOrder.View(
                instrument,
                limits.adl().policies().of(instrument),
                limits.adl().limits(),
                limits.outlook());
    }

    private static boolean isLong(AdlSide side) {
        return switch (side) {
            case ADL_SIDE_LONG -> true;
            case ADL_SIDE_SHORT -> false;
            case ADL_SIDE_UNSPECIFIED, UNRECOGNIZED ->
                    throw Failures.invalid("side", side.name(), "ADL_SIDE_LONG or ADL_SIDE_SHORT");
        };
    }

    private GetAdlQueueResponse queue(
            InstrumentId instrument, boolean isLong, List<ProfitablePosition> positions, int size) {
        AdlOrder.View view = view(instrument);
        List<AdlOrder.Standing> standings = AdlOrder.standings(view, isLong, positions);
        Map<AccountId, ProfitablePosition> byAccount = new HashMap<>();
        positions.forEach(position -> byAccount.put(position.account(), position));
        GetAdlQueueResponse.Builder message =
                GetAdlQueueResponse.newBuilder()
                        .setPolicy(view.policy().name())
                        .setOutlookSizePpm(limits.outlook().size().ppm())
                        .setOutlookGapPpm(limits.outlook().gap().ppm())
                        .setTotalCount(standings.size());
        for (AdlOrder.Standing standing : standings.subList(0, Math.min(size, standings.size()))) {
            AdlCandidate candidate = standing.candidate();
            ProfitablePosition position =
                    Optional.ofNullable(byAccount.get(candidate.account())).orElseThrow();
            message.addEntries(
                    AdlQueueEntry.newBuilder()
                            .setRank(standing.rank())
                            .setAccountId(candidate.account().value())
                            .setSizeE8(candidate.size().e8())
                            .setUnrealizedPnlE8(candidate.unrealizedPnl().e8())
                            .setEquityE8(candidate.equity().e8())
                            .setNotionalE8(position.notional().e8())
                            .setPercentilePpm(standing.percentile().ppm())
                            .setTopTenth(standing.topTenth())
                            .setExpectedHaircutE8(standing.expectedHaircut().e8()));
        }
        return message.build();
    }
}

package io.delever.gateway.upstream;

import com.google.rpc.Code;
import io.delever.contracts.liquidation.v1.AdlPolicyOutcome;
import io.delever.contracts.liquidation.v1.AdlQueueEntry;
import io.delever.contracts.liquidation.v1.Case;
import io.delever.contracts.liquidation.v1.CaseState;
import io.delever.contracts.liquidation.v1.GetAdlQueueRequest;
import io.delever.contracts.liquidation.v1.GetAdlQueueResponse;
import io.delever.contracts.liquidation.v1.GetCaseRequest;
import io.delever.contracts.liquidation.v1.GetCaseResponse;
import io.delever.contracts.liquidation.v1.LiquidationServiceGrpc.LiquidationServiceImplBase;
import io.delever.contracts.liquidation.v1.ListCasesRequest;
import io.delever.contracts.liquidation.v1.ListCasesResponse;
import io.delever.contracts.liquidation.v1.SimulateAdlRequest;
import io.delever.contracts.liquidation.v1.SimulateAdlResponse;
import io.delever.contracts.liquidation.v1.StreamCasesRequest;
import io.delever.contracts.liquidation.v1.StreamCasesResponse;
import io.grpc.stub.StreamObserver;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A liquidation service that keeps the cases it is told. */
public final class TestLiquidation extends LiquidationServiceImplBase {
    private final Map<String, Case> cases = new ConcurrentHashMap<>();
    private final TestStream<Case, StreamCasesResponse> stream =
            new TestStream<>(
                    (epoch, sequence, snapshot, values) ->
                            StreamCasesResponse.newBuilder()
                                    .setEpoch(epoch)
                                    .setSequence(sequence)
                                    .setSnapshot(snapshot)
                                    .addAllCases(values)
                                    .build(),
                    () -> cases.values().stream().filter(TestLiquidation::open).toList());

    /** Keeps cases and sends them, without steps, as one batch. */
    public void publish(Case... changed) {
        for (Case c : changed) {
            cases.put(c.getCaseId(), c);
        }
        stream.publish(
                List.of(changed).stream().map(c -> c.toBuilder().clearSteps().build()).toList());
    }

    TestStream<Case, StreamCasesResponse> stream() {
        return stream;
    }

    private static boolean open(Case c) {
        return c.getState() != CaseState.CASE_STATE_CLOSED;
    }

    @Override
    public void getCase(GetCaseRequest request, StreamObserver<GetCaseResponse> answer) {
        Case found = cases.get(request.getCaseId());
        if (found == null) {
            answer.onError(
                    Errors.of(
                            Code.NOT_FOUND,
                            "UNKNOWN_CASE",
                            "case " + request.getCaseId() + " does not exist",
                            Map.of("id", request.getCaseId())));
            return;
        }
        answer.onNext(GetCaseResponse.newBuilder().setCase(found).build());
        answer.onCompleted();
    }

    @Override
    public void listCases(ListCasesRequest request, StreamObserver<ListCasesResponse> answer) {
        List<Case> matching =
                cases.values().stream()
                        .filter(c -> !request.getOpenOnly() || open(c))
                        .filter(
                                c ->
                                        request.getAccountId().isEmpty()
                                                || c.getAccountId().equals(request.getAccountId()))
                        .sorted(
                                Comparator.comparingLong(Case::getOpenedAtNanos)
                                        .reversed()
                                        .thenComparing(Case::getCaseId))
                        .map(c -> c.toBuilder().clearSteps().build())
                        .toList();
        int from = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
        int size = request.getPageSize() == 0 ? 100 : request.getPageSize();
        int to = Math.min(matching.size(), from + size);
        answer.onNext(
                ListCasesResponse.newBuilder()
                        .addAllCases(matching.subList(from, to))
                        .setNextPageToken(to < matching.size() ? Integer.toString(to) : "")
                        .setTotalCount(matching.size())
                        .build());
        answer.onCompleted();
    }

    @Override
    public void streamCases(
            StreamCasesRequest request, StreamObserver<StreamCasesResponse> reader) {
        stream.open(request.getResumeEpoch(), request.getResumeAfterSequence(), reader);
    }

    @Override
    public void simulateAdl(
            SimulateAdlRequest request, StreamObserver<SimulateAdlResponse> answer) {
        answer.onNext(
                SimulateAdlResponse.newBuilder()
                        .setPolicy("QUEUE")
                        .setTotalCount(6)
                        .addOutcomes(
                                AdlPolicyOutcome.newBuilder()
                                        .setPolicy("QUEUE")
                                        .setNeededE8(request.getSizeE8())
                                        .setTakenE8(request.getSizeE8())
                                        .setAccountCount(2)
                                        .setLargestHaircutPpm(request.getGapPpm())
                                        .setLeverageAfterPpm(7_500_000)
                                        .setNextDeficitE8(request.getShockPpm()))
                        .addOutcomes(AdlPolicyOutcome.newBuilder().setPolicy("PRO_RATA"))
                        .build());
        answer.onCompleted();
    }

    @Override
    public void getAdlQueue(
            GetAdlQueueRequest request, StreamObserver<GetAdlQueueResponse> answer) {
        GetAdlQueueResponse.Builder response =
                GetAdlQueueResponse.newBuilder()
                        .setPolicy("CAPPED_PRO_RATA")
                        .setTotalCount(6)
                        .setOutlookSizePpm(100_000)
                        .setOutlookGapPpm(10_000);
        for (int rank = 1; rank <= 6; rank++) {
            response.addEntries(
                    AdlQueueEntry.newBuilder()
                            .setRank(rank)
                            .setAccountId("winner-" + rank)
                            .setSizeE8(-150_000_000L * (7 - rank))
                            .setUnrealizedPnlE8(2_150_000_000_000L / rank)
                            .setEquityE8(9_000_000_000_000L)
                            .setNotionalE8(36_000_000_000_000L / rank)
                            .setPercentilePpm(150_000L * rank)
                            .setTopTenth(rank == 1)
                            .setExpectedHaircutE8(1_250_000_000L / rank));
        }
        answer.onNext(response.build());
        answer.onCompleted();
    }
}

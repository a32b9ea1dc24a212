package io.delever.sentiment.feed;

import io.delever.contracts.liquidation.v1.Case;
import io.delever.contracts.liquidation.v1.GetCaseRequest;
import io.delever.contracts.liquidation.v1.LiquidationServiceGrpc;
import io.delever.contracts.liquidation.v1.ListCasesRequest;
import io.delever.contracts.liquidation.v1.StreamCasesRequest;
import io.delever.contracts.liquidation.v1.StreamCasesResponse;
import io.delever.engine.sentiment.Feed;
import io.delever.engine.sentiment.Observation;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * What liquidation-service closed by force, by instrument and side (SSVC-004). The stream tells
 * which cases moved, without their steps; the steps of those are fetched at a bounded rate, each
 * case once however often it moved meanwhile.
 */
public final class CaseFeed
        implements StreamReader.Source<StreamCasesRequest, StreamCasesResponse> {
    private static final Logger LOG = Logger.getLogger(CaseFeed.class);

    private final Channel channel;
    private final FeedPort port;
    private final CaseLimits limits;
    private final CaseProgress progress;
    private final Set<String> moved = new LinkedHashSet<>();
    // Of the one thread that calls fetchMoved.
    private final List<Observation> unsent = new ArrayList<>();
    private String epoch = "";
    private long sequence;

    /**
     * Limits of the look-ups.
     *
     * @param fetchesPerRound most cases looked up in one round
     * @param waitingCases most cases that wait for a look-up; the stream is held back beyond
     * @param deadline of one look-up
     */
    public record CaseLimits(int fetchesPerRound, int waitingCases, Duration deadline) {
        /** Refuses limits that cannot work. */
        public CaseLimits {
            if (fetchesPerRound < 1 || waitingCases < 1 || !deadline.isPositive()) {
                throw new IllegalArgumentException(
                        "case limits must be positive, got "
                                + fetchesPerRound
                                + ", "
                                + waitingCases
                                + ", "
                                + deadline);
            }
        }
    }

    /** A feed of the cases that {@code channel} leads to. */
    public CaseFeed(Channel channel, FeedPort port, CaseLimits limits) {
        this.channel = channel;
        this.port = port;
        this.limits = limits;
        this.progress = new CaseProgress(Math.multiplyExact(4, limits.waitingCases()));
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public synchronized void open(
            ClientResponseObserver<StreamCasesRequest, StreamCasesResponse> observer) {
        StreamCasesRequest.Builder request = StreamCasesRequest.newBuilder();
        if (!epoch.isEmpty()) {
            request.setResumeEpoch(epoch).setResumeAfterSequence(sequence);
        }
        LiquidationServiceGrpc.newStub(channel).streamCases(request.build(), observer);
    }

    @Override
    public synchronized StreamReader.Reception receive(
            StreamCasesResponse message, Runnable taken) {
        if (moved.size() >= limits.waitingCases()) {
            return StreamReader.Reception.REFUSED;
        }
        for (Case seen : message.getCasesList()) {
            if (progress.hasNews(seen)) {
                moved.add(seen.getCaseId());
            }
        }
        epoch = message.getEpoch();
        sequence = message.getSequence();
        taken.run();
        return StreamReader.Reception.TAKEN;
    }

    @Override
    public void connected(boolean up) {
        port.changed(Feed.CASES, up);
    }

    @Override
    public void quiet() {
        // Goes on from where it was: a snapshot would leave out the cases that closed meanwhile.
    }

    /**
     * Whether liquidation-service answers at all; asked while a resumed stream has not said
     * anything yet.
     */
    boolean answers() {
        try {
            ListCasesRequest one = ListCasesRequest.newBuilder().setPageSize(1).build();
            return stub().listCases(one).getTotalCount() >= 0;
        } catch (StatusRuntimeException e) {
            LOG.debugf("liquidation-service does not answer: %s", e.getMessage());
            return false;
        }
    }

    /** One round of look-ups; called at a steady interval from one thread. */
    public void fetchMoved() {
        if (!sendUnsent()) {
            return;
        }
        for (String caseId : nextRound()) {
            if (!fetch(caseId)) {
                return;
            }
        }
    }

    private synchronized List<String> nextRound() {
        return moved.stream().limit(limits.fetchesPerRound()).toList();
    }

    /** False where the round should end and the case be looked up again in the next. */
    private boolean fetch(String caseId) {
        // Taken off before the look-up, so that a move during it puts the case back.
        takeOff(caseId);
        try {
            GetCaseRequest request = GetCaseRequest.newBuilder().setCaseId(caseId).build();
            unsent.addAll(progress.count(stub().getCase(request).getCase()));
            return sendUnsent();
        } catch (StatusRuntimeException e) {
            if (isWorthRepeating(e)) {
                putBack(caseId);
                return false;
            }
            LOG.warnf("case %s left out: %s", caseId, e.getMessage());
            return true;
        } catch (IllegalArgumentException | ArithmeticException e) {
            LOG.warnf("case %s left out: %s", caseId, e.getMessage());
            return true;
        }
    }

    /** False where the loop has no room; nothing is lost, the next round tries again. */
    private boolean sendUnsent() {
        if (unsent.isEmpty()) {
            return true;
        }
        boolean sent = port.offer(unsent, () -> {});
        if (sent) {
            unsent.clear();
        }
        return sent;
    }

    private LiquidationServiceGrpc.LiquidationServiceBlockingStub stub() {
        return LiquidationServiceGrpc.newBlockingStub(channel).withDeadlineAfter(limits.deadline());
    }

    private static boolean isWorthRepeating(StatusRuntimeException failure) {
        Status.Code code = failure.getStatus().getCode();
        return code == Status.Code.UNAVAILABLE
                || code == Status.Code.DEADLINE_EXCEEDED
                || code == Status.Code.RESOURCE_EXHAUSTED;
    }

    private synchronized void takeOff(String caseId) {
        moved.remove(caseId);
    }

    private synchronized void putBack(String caseId) {
        moved.add(caseId);
    }
}

package io.delever.margin.app;

import io.delever.contracts.margin.v1.MarginServiceGrpc;
import io.delever.contracts.margin.v1.RiskEvent;
import io.delever.contracts.margin.v1.RiskState;
import io.delever.contracts.margin.v1.StreamRiskEventsRequest;
import io.delever.contracts.margin.v1.StreamRiskEventsResponse;
import io.delever.testing.Await;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One reader of risk events as a client holds it. */
public final class RiskReader implements StreamObserver<StreamRiskEventsResponse>, AutoCloseable {
    private final List<StreamRiskEventsResponse> messages = new CopyOnWriteArrayList<>();
    private final Context.CancellableContext context = Context.current().withCancellation();

    public RiskReader(Channel channel) {
        this(channel, StreamRiskEventsRequest.getDefaultInstance());
    }

    public RiskReader(Channel channel, String epoch, long after) {
        this(
                channel,
                StreamRiskEventsRequest.newBuilder()
                        .setResumeEpoch(epoch)
                        .setResumeAfterSequence(after)
                        .build());
    }

    private RiskReader(Channel channel, StreamRiskEventsRequest request) {
        context.run(() -> MarginServiceGrpc.newStub(channel).streamRiskEvents(request, this));
    }

    public List<StreamRiskEventsResponse> messages() {
        return messages;
    }

    public StreamRiskEventsResponse await(int place, Duration limit) {
        Await.until("message " + place, limit, () -> messages.size() > place);
        return messages.get(place);
    }

    /** The states that an account went to after the first message. */
    public List<RiskState> states(String account) {
        return messages.stream()
                .filter(m -> !m.getSnapshot())
                .flatMap(m -> m.getEventsList().stream())
                .filter(e -> e.getAccountId().equals(account))
                .map(RiskEvent::getCurrent)
                .toList();
    }

    /** The state an account is in, by all that was read. */
    public RiskState lastState(String account) {
        return messages.stream()
                .flatMap(m -> m.getEventsList().stream())
                .filter(e -> e.getAccountId().equals(account))
                .map(RiskEvent::getCurrent)
                .reduce(RiskState.RISK_STATE_UNSPECIFIED, (before, after) -> after);
    }

    @Override
    public void onNext(StreamRiskEventsResponse message) {
        messages.add(message);
    }

    @Override
    public void onError(Throwable failure) {
        close();
    }

    @Override
    public void onCompleted() {
        close();
    }

    @Override
    public void close() {
        context.cancel(null);
    }
}

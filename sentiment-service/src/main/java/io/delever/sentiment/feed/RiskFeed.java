package io.delever.sentiment.feed;

import io.delever.contracts.margin.v1.MarginServiceGrpc;
import io.delever.contracts.margin.v1.RiskEvent;
import io.delever.contracts.margin.v1.RiskState;
import io.delever.contracts.margin.v1.StreamRiskEventsRequest;
import io.delever.contracts.margin.v1.StreamRiskEventsResponse;
import io.grpc.Channel;
import io.grpc.stub.ClientResponseObserver;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/** Which accounts of margin-service are at a margin call or worse (SSVC-005). */
public final class RiskFeed
        implements StreamReader.Source<StreamRiskEventsRequest, StreamRiskEventsResponse> {
    private final Channel channel;
    private final Set<String> atRisk = new HashSet<>();
    private boolean up;

    /** A feed of the risk events that {@code channel} leads to. */
    public RiskFeed(Channel channel) {
        this.channel = channel;
    }

    /** Accounts at risk now; empty while the stream is down, because nobody knows then. */
    public synchronized OptionalLong atRisk() {
        return up ? OptionalLong.of(atRisk.size()) : OptionalLong.empty();
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public synchronized void open(
            ClientResponseObserver<StreamRiskEventsRequest, StreamRiskEventsResponse> observer) {
        // Always from a snapshot: what counts is who is at risk now.
        MarginServiceGrpc.newStub(channel)
                .streamRiskEvents(StreamRiskEventsRequest.getDefaultInstance(), observer);
    }

    @Override
    public synchronized StreamReader.Reception receive(
            StreamRiskEventsResponse message, Runnable taken) {
        if (message.getSnapshot()) {
            atRisk.clear();
        }
        for (RiskEvent event : message.getEventsList()) {
            if (isAtRisk(event.getCurrent())) {
                atRisk.add(event.getAccountId());
            } else {
                atRisk.remove(event.getAccountId());
            }
        }
        taken.run();
        return StreamReader.Reception.TAKEN;
    }

    @Override
    public synchronized void connected(boolean isUp) {
        up = isUp;
    }

    @Override
    public void quiet() {
        // Nothing to forget: the next stream starts from a snapshot anyway.
    }

    private static boolean isAtRisk(RiskState state) {
        return switch (state) {
            case RISK_STATE_MARGIN_CALL, RISK_STATE_LIQUIDATABLE, RISK_STATE_BANKRUPT -> true;
            case RISK_STATE_HEALTHY,
                    RISK_STATE_PRICE_UNAVAILABLE,
                    RISK_STATE_UNSPECIFIED,
                    UNRECOGNIZED ->
                    false;
        };
    }
}

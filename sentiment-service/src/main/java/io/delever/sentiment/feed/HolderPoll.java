package io.delever.sentiment.feed;

import io.delever.contracts.margin.v1.GetConservationRequest;
import io.delever.contracts.margin.v1.GetConservationResponse;
import io.delever.contracts.margin.v1.InstrumentConservation;
import io.delever.contracts.margin.v1.MarginServiceGrpc;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.sentiment.Feed;
import io.delever.engine.sentiment.Observation;
import io.delever.engine.sentiment.Observation.AccountsAtRisk;
import io.delever.engine.sentiment.Observation.HoldersCounted;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** Asks margin-service from time to time how many accounts are long and short (SSVC-005). */
public final class HolderPoll implements Runnable {
    private static final Logger LOG = Logger.getLogger(HolderPoll.class);

    private final Channel channel;
    private final RiskFeed risk;
    private final FeedPort port;
    private final Duration deadline;

    /** A poll that gives up after {@code deadline}. */
    public HolderPoll(Channel channel, RiskFeed risk, FeedPort port, Duration deadline) {
        this.channel = channel;
        this.risk = risk;
        this.port = port;
        this.deadline = deadline;
    }

    /** Asks once; a failure takes the feed down and is tried again next time. */
    @Override
    public void run() {
        try {
            GetConservationResponse answer =
                    MarginServiceGrpc.newBlockingStub(channel)
                            .withDeadlineAfter(deadline)
                            .getConservation(GetConservationRequest.getDefaultInstance());
            port.changed(Feed.ACCOUNTS, true);
            if (!port.offer(observations(answer), () -> {})) {
                LOG.debug("holder counts dropped, the next poll brings newer ones");
            }
        } catch (StatusRuntimeException e) {
            if (port.isUp(Feed.ACCOUNTS)) {
                LOG.infof("holder counts not to be had: %s", e.getMessage());
            }
            port.changed(Feed.ACCOUNTS, false);
        } catch (IllegalArgumentException e) {
            LOG.warnf("holder counts make no sense: %s", e.getMessage());
            port.changed(Feed.ACCOUNTS, false);
        }
    }

    private List<Observation> observations(GetConservationResponse answer) {
        long now = port.now();
        List<Observation> observations = new ArrayList<>();
        for (InstrumentConservation instrument : answer.getInstrumentsList()) {
            observations.add(
                    new HoldersCounted(
                            new InstrumentId(instrument.getInstrumentId()),
                            instrument.getLongAccountCount(),
                            instrument.getShortAccountCount(),
                            now));
        }
        risk.atRisk()
                .ifPresent(
                        count ->
                                observations.add(
                                        new AccountsAtRisk(count, answer.getAccountCount(), now)));
        return observations;
    }
}

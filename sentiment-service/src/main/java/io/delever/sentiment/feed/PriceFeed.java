package io.delever.sentiment.feed;

import io.delever.contracts.price.v1.PriceServiceGrpc;
import io.delever.contracts.price.v1.PriceUpdate;
import io.delever.contracts.price.v1.StreamPricesRequest;
import io.delever.contracts.price.v1.StreamPricesResponse;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Price;
import io.delever.engine.sentiment.Feed;
import io.delever.engine.sentiment.Observation;
import io.delever.engine.sentiment.Observation.PriceLost;
import io.delever.engine.sentiment.Observation.PriceObserved;
import io.grpc.Channel;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Index and mark prices of price-service (SSVC-002). */
public final class PriceFeed
        implements StreamReader.Source<StreamPricesRequest, StreamPricesResponse> {
    private static final Logger LOG = Logger.getLogger(PriceFeed.class);

    private final Channel channel;
    private final FeedPort port;
    private String epoch = "";
    private long sequence;

    /** A feed of the prices that {@code channel} leads to. */
    public PriceFeed(Channel channel, FeedPort port) {
        this.channel = channel;
        this.port = port;
    }

    @Override
    public Channel channel() {
        return channel;
    }

    @Override
    public synchronized void open(
            ClientResponseObserver<StreamPricesRequest, StreamPricesResponse> observer) {
        StreamPricesRequest.Builder request = StreamPricesRequest.newBuilder();
        if (!epoch.isEmpty()) {
            request.setResumeEpoch(epoch).setResumeAfterSequence(sequence);
        }
        PriceServiceGrpc.newStub(channel).streamPrices(request.build(), observer);
    }

    @Override
    public synchronized StreamReader.Reception receive(
            StreamPricesResponse message, Runnable taken) {
        List<Observation> observations = new ArrayList<>(message.getPricesCount());
        for (PriceUpdate update : message.getPricesList()) {
            decode(update).ifPresent(observations::add);
        }
        if (!port.offer(observations, taken)) {
            return StreamReader.Reception.REFUSED;
        }
        epoch = message.getEpoch();
        sequence = message.getSequence();
        return StreamReader.Reception.TAKEN;
    }

    @Override
    public void connected(boolean up) {
        port.changed(Feed.PRICES, up);
    }

    @Override
    public synchronized void quiet() {
        epoch = "";
    }

    /**
     * One update; empty and logged where it makes no sense, so that one bad price does not stop the
     * others.
     */
    static Optional<Observation> decode(PriceUpdate update) {
        try {
            InstrumentId id = new InstrumentId(update.getInstrumentId());
            long time = update.getEventTimeNanos();
            return Optional.of(
                    switch (update.getState()) {
                        case PRICE_STATE_FRESH, PRICE_STATE_DEGRADED -> observed(id, update, time);
                        case PRICE_STATE_STALE,
                                PRICE_STATE_MISSING,
                                PRICE_STATE_UNSPECIFIED,
                                UNRECOGNIZED ->
                                new PriceLost(id, time);
                    });
        } catch (IllegalArgumentException e) {
            LOG.warnf("price update left out: %s", e.getMessage());
            return Optional.empty();
        }
    }

    private static Observation observed(InstrumentId id, PriceUpdate update, long time) {
        if (!update.hasIndexPriceE8()) {
            return new PriceLost(id, time);
        }
        Optional<Price> mark =
                update.hasMarkPriceE8()
                        ? Optional.of(new Price(update.getMarkPriceE8()))
                        : Optional.empty();
        return new PriceObserved(id, new Price(update.getIndexPriceE8()), mark, time);
    }
}

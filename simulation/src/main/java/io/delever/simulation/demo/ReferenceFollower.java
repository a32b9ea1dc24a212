package io.delever.simulation.demo;

import io.delever.contracts.price.v1.PriceServiceGrpc;
import io.delever.contracts.price.v1.PriceState;
import io.delever.contracts.price.v1.PriceUpdate;
import io.delever.contracts.price.v1.StreamPricesRequest;
import io.delever.contracts.price.v1.StreamPricesResponse;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Price;
import io.delever.simulation.venue.PaperVenue;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Moves the paper venue's books with the index prices of price-service; connects anew for ever. */
final class ReferenceFollower implements AutoCloseable {
    private static final Duration RECONNECT = Duration.ofMillis(250);

    private final ManagedChannel channel;
    private final PaperVenue venue;
    private final Set<String> usable = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    ReferenceFollower(ManagedChannel channel, PaperVenue venue) {
        this.channel = channel;
        this.venue = venue;
    }

    void start() {
        Thread.ofPlatform().name("reference-follower").daemon().start(this::run);
    }

    /** Instruments whose price could be used when it was last heard of. */
    int usable() {
        return usable.size();
    }

    @Override
    public void close() {
        closed = true;
    }

    private void run() {
        while (!closed) {
            try {
                Iterator<StreamPricesResponse> prices =
                        PriceServiceGrpc.newBlockingStub(channel)
                                .streamPrices(StreamPricesRequest.getDefaultInstance());
                while (!closed && prices.hasNext()) {
                    prices.next().getPricesList().forEach(this::follow);
                }
            } catch (StatusRuntimeException e) {
                channel.resetConnectBackoff();
            }
            LockSupport.parkNanos(RECONNECT.toNanos());
        }
    }

    private void follow(PriceUpdate update) {
        boolean good =
                update.getState() == PriceState.PRICE_STATE_FRESH
                        || update.getState() == PriceState.PRICE_STATE_DEGRADED;
        if (good) {
            usable.add(update.getInstrumentId());
            synchronized (venue) {
                venue.reference(
                        new InstrumentId(update.getInstrumentId()),
                        new Price(update.getIndexPriceE8()));
            }
        } else {
            usable.remove(update.getInstrumentId());
        }
    }
}

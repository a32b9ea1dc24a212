package io.delever.margin;

import io.delever.contracts.price.v1.PriceServiceGrpc;
import io.delever.contracts.price.v1.PriceState;
import io.delever.contracts.price.v1.PriceUpdate;
import io.delever.contracts.price.v1.StreamPricesRequest;
import io.delever.contracts.price.v1.StreamPricesResponse;
import io.delever.engine.money.Price;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A price stream over real gRPC, with the prices that a test says. */
public final class PriceSource extends PriceServiceGrpc.PriceServiceImplBase
        implements AutoCloseable {
    private final Server server;
    private final String epoch;
    private final List<StreamPricesRequest> requests = new CopyOnWriteArrayList<>();
    private final List<StreamObserver<StreamPricesResponse>> readers = new CopyOnWriteArrayList<>();
    private final Map<String, PriceUpdate> prices = new TreeMap<>();
    private long sequence;
    private boolean muted;

    public PriceSource(int port, String epoch) throws IOException {
        this.epoch = epoch;
        this.server =
                NettyServerBuilder.forAddress(
                                new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                        .addService(this)
                        .build()
                        .start();
    }

    public int port() {
        return server.getPort();
    }

    /** What subscribers have asked for, in order. */
    public List<StreamPricesRequest> requests() {
        return requests;
    }

    /** From now on nothing is said, though streams stay open and new ones are taken. */
    public synchronized void mute(boolean silent) {
        muted = silent;
    }

    public void publish(String instrument, String price) {
        publish(instrument, price, PriceState.PRICE_STATE_FRESH);
    }

    public synchronized void publish(String instrument, String price, PriceState state) {
        long e8 = Price.parse(price).e8();
        PriceUpdate update =
                PriceUpdate.newBuilder()
                        .setInstrumentId(instrument)
                        .setState(state)
                        .setIndexPriceE8(e8)
                        .setMarkPriceE8(e8)
                        .setEventTimeNanos(1)
                        .build();
        prices.put(instrument, update);
        sequence++;
        send(
                StreamPricesResponse.newBuilder()
                        .setEpoch(epoch)
                        .setSequence(sequence)
                        .addPrices(update)
                        .build());
    }

    @Override
    public synchronized void streamPrices(
            StreamPricesRequest request, StreamObserver<StreamPricesResponse> response) {
        requests.add(request);
        readers.add(response);
        ((ServerCallStreamObserver<StreamPricesResponse>) response)
                .setOnCancelHandler(() -> readers.remove(response));
        boolean resumes =
                request.hasResumeAfterSequence()
                        && request.getResumeEpoch().equals(epoch)
                        && request.getResumeAfterSequence() == sequence;
        if (!muted && !resumes) {
            response.onNext(
                    StreamPricesResponse.newBuilder()
                            .setEpoch(epoch)
                            .setSequence(sequence)
                            .setSnapshot(true)
                            .addAllPrices(prices.values())
                            .build());
        }
    }

    /** Ends every open stream, but goes on serving. */
    public synchronized void dropStreams() {
        readers.forEach(StreamObserver::onCompleted);
        readers.clear();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private void send(StreamPricesResponse message) {
        if (!muted) {
            readers.forEach(reader -> reader.onNext(message));
        }
    }
}

package io.delever.margin.feed;

import static io.delever.margin.Fixtures.BTC;
import static io.delever.margin.Fixtures.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import io.delever.contracts.price.v1.PriceState;
import io.delever.engine.market.InstrumentId;
import io.delever.margin.PriceSource;
import io.delever.margin.core.PriceBoard;
import io.delever.testing.Await;
import io.delever.testing.Covers;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PriceSubscriberTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Map<InstrumentId, io.delever.engine.market.PriceState> seen =
            new ConcurrentHashMap<>();
    private final PriceBoard board =
            new PriceBoard(InstantSource.system(), Duration.ofMillis(1_500));
    private PriceSource source;
    private ManagedChannel channel;
    private PriceSubscriber subscriber;

    @BeforeEach
    void subscribe() throws Exception {
        source = new PriceSource(0, "first");
        source.publish("BTC-PERP", "60000");
        channel = NettyChannelBuilder.forAddress("127.0.0.1", source.port()).usePlaintext().build();
        board.addListener(seen::putAll);
        subscriber =
                new PriceSubscriber(
                        channel,
                        board,
                        InstantSource.system(),
                        new PriceFeedLimits(
                                Duration.ofMillis(500),
                                Duration.ofMillis(10),
                                Duration.ofMillis(100)));
        subscriber.start();
    }

    @AfterEach
    void end() {
        subscriber.close();
        channel.shutdownNow();
        source.close();
    }

    @Test
    void pricesArriveAndTheNewestWins() {
        awaitPrice("60000");
        source.publish("BTC-PERP", "60001");
        source.publish("BTC-PERP", "60002");

        awaitPrice("60002");
        assertThat(subscriber.isConnected()).isTrue();
    }

    @Test
    @Covers("JRNL-019")
    void aStreamThatEndedIsResumed() {
        awaitPrice("60000");
        source.publish("BTC-PERP", "60001");
        awaitPrice("60001");
        source.dropStreams();

        Await.until("second stream", LIMIT, () -> source.requests().size() >= 2);
        assertThat(source.requests().get(1).getResumeEpoch()).isEqualTo("first");
        assertThat(source.requests().get(1).getResumeAfterSequence()).isEqualTo(2);
        source.publish("BTC-PERP", "60003");
        awaitPrice("60003");
    }

    @Test
    @Covers({"JRNL-019", "JRNL-017"})
    void aSenderThatDiedAndCameBackIsHeardAgain() throws Exception {
        awaitPrice("60000");
        int port = source.port();
        source.close();
        Await.until("stale", LIMIT, () -> !seen.get(BTC).isUsable());
        assertThat(board.isSilent()).isTrue();

        source = new PriceSource(port, "second");
        source.publish("BTC-PERP", "61000");
        awaitPrice("61000");
    }

    @Test
    @Covers("JRNL-017")
    void aQuietSenderIsAskedForASnapshotAndStaysFresh() {
        awaitPrice("60000");

        Await.until("asked four times", LIMIT, () -> source.requests().size() >= 4);
        assertThat(source.requests().get(3).hasResumeAfterSequence()).isFalse();
        assertThat(seen.get(BTC)).isEqualTo(fresh("60000"));
        assertThat(board.isSilent()).isFalse();
    }

    @Test
    @Covers("JRNL-017")
    void aSenderThatHangsIsCalledStale() {
        awaitPrice("60000");
        source.mute(true);
        Await.until("stale", LIMIT, () -> !seen.get(BTC).isUsable());
        source.mute(false);

        awaitPrice("60000");
    }

    @Test
    void aStateIsTakenOverAsItIs() {
        source.publish("BTC-PERP", "60005", PriceState.PRICE_STATE_STALE);

        Await.until(
                "stale by word",
                LIMIT,
                () -> seen.get(BTC) instanceof io.delever.engine.market.PriceState.Stale);
    }

    private void awaitPrice(String price) {
        Await.until("price " + price, LIMIT, () -> fresh(price).equals(seen.get(BTC)));
    }
}

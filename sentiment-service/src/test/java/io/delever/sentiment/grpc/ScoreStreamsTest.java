package io.delever.sentiment.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.contracts.sentiment.v1.StreamScoresResponse;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Price;
import io.delever.engine.sentiment.AdjustmentParameters;
import io.delever.engine.sentiment.Feed;
import io.delever.engine.sentiment.Observation;
import io.delever.engine.sentiment.Observation.FeedChanged;
import io.delever.engine.sentiment.Observation.PriceObserved;
import io.delever.engine.sentiment.RiskAdjustment;
import io.delever.engine.sentiment.SentimentParameters;
import io.delever.sentiment.Await;
import io.delever.sentiment.core.LoopLimits;
import io.delever.sentiment.core.LoopMetrics;
import io.delever.sentiment.core.Nanos;
import io.delever.sentiment.core.ScoreHistory;
import io.delever.sentiment.core.SentimentLoop;
import io.delever.sentiment.core.SentimentSnapshot;
import io.delever.sentiment.core.Surroundings;
import io.delever.testing.Covers;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScoreStreamsTest {
    private static final InstrumentId BTC = new InstrumentId("BTC-PERP");

    private final SentimentLoop loop =
            new SentimentLoop(
                    SentimentParameters.published(),
                    AdjustmentParameters.published(),
                    new LoopLimits(64, 4, Duration.ofMillis(10), Duration.ofMillis(10)),
                    new Surroundings(InstantSource.system(), new Forgets(), new Uncounted()));
    private final ScoreStreams streams = new ScoreStreams(loop, "run-1", 2);

    @BeforeEach
    void start() {
        loop.start();
        offer(new FeedChanged(Feed.PRICES, true, 1));
        offer(price("100"));
        Await.until(() -> assertThat(loop.snapshot().of(Optional.of(BTC))).isPresent());
    }

    @AfterEach
    void stop() {
        streams.close();
        loop.close();
    }

    @Test
    @Covers("SSVC-007")
    void aReaderThatIsNotReadyGetsTheNewestOnce() {
        FakeReader reader = new FakeReader();
        reader.ready = true;
        streams.add(reader, Set.of());
        Await.until(() -> assertThat(reader.count()).isPositive());
        StreamScoresResponse first = reader.get(0);
        assertThat(first.getSnapshot()).isTrue();
        assertThat(first.getEpoch()).isEqualTo("run-1");
        assertThat(first.getScoresList()).hasSize(2);

        reader.ready = false;
        int before = reader.count();
        for (int i = 0; i < 5; i++) {
            offer(price(Integer.toString(90 - i)));
            long sequence = loop.snapshot().sequence();
            Await.until(() -> assertThat(loop.snapshot().sequence()).isGreaterThan(sequence + 1));
        }
        // One more message may have been on its way when the reader stopped.
        int held = reader.count();
        assertThat(held).isBetween(before, before + 1);
        long newest = loop.snapshot().sequence();

        reader.ready = true;
        reader.whenReady.run();
        Await.until(() -> assertThat(reader.count()).isGreaterThan(held));
        assertThat(reader.get(held).getSequence()).isGreaterThanOrEqualTo(newest);
        assertThat(reader.get(held).getSnapshot()).isFalse();
        for (int i = 1; i < reader.count(); i++) {
            assertThat(reader.get(i).getSequence()).isGreaterThan(reader.get(i - 1).getSequence());
        }
    }

    @Test
    @Covers("SSVC-007")
    void readersHaveALimitAndCanLeave() {
        FakeReader one = new FakeReader();
        streams.add(one, Set.of("BTC-PERP"));
        streams.add(new FakeReader(), Set.of());
        assertThatThrownBy(() -> streams.add(new FakeReader(), Set.of()))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("at most 2 streams");
        one.whenCancelled.run();
        assertThat(streams.readerCount()).isEqualTo(1);
    }

    private void offer(Observation observation) {
        assertThat(loop.offer(List.of(observation), () -> {})).isTrue();
    }

    private static PriceObserved price(String index) {
        return new PriceObserved(
                BTC, Price.parse(index), Optional.empty(), Nanos.now(InstantSource.system()));
    }

    /** A call whose readiness the test decides. */
    private static final class FakeReader extends ServerCallStreamObserver<StreamScoresResponse> {
        private final List<StreamScoresResponse> messages = new ArrayList<>();
        private volatile boolean ready;
        private Runnable whenReady = () -> {};
        private Runnable whenCancelled = () -> {};

        synchronized int count() {
            return messages.size();
        }

        synchronized StreamScoresResponse get(int index) {
            return messages.get(index);
        }

        @Override
        public synchronized void onNext(StreamScoresResponse message) {
            messages.add(message);
        }

        @Override
        public void onError(Throwable failure) {
            ready = false;
        }

        @Override
        public void onCompleted() {
            ready = false;
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void setOnCancelHandler(Runnable handler) {
            whenCancelled = handler;
        }

        @Override
        public void setCompression(String compression) {
            throw new UnsupportedOperationException(compression);
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void setOnReadyHandler(Runnable handler) {
            whenReady = handler;
        }

        @Override
        public void request(int count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setMessageCompression(boolean enable) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void disableAutoInboundFlowControl() {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Forgets implements ScoreHistory {
        @Override
        public List<RiskAdjustment> lastAdjustments() {
            return List.of();
        }

        @Override
        public void keep(SentimentSnapshot snapshot) {}
    }

    private static final class Uncounted implements LoopMetrics {
        @Override
        public void taken(Observation observation) {}

        @Override
        public void leftOut(Observation observation) {}

        @Override
        public void queueFull() {}

        @Override
        public void evaluated(SentimentSnapshot snapshot, long elapsedNanos) {}
    }
}

package io.delever.sentiment.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.delever.sentiment.Await;
import io.delever.testing.Covers;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamReaderTest {
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final FakeSource source = new FakeSource();

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    @Test
    @Covers("SSVC-003")
    void messagesAreAskedForOneByOneAndARefusedOneIsAskedForAgain() {
        try (StreamReader<String, String> reader = reader(Duration.ofSeconds(30))) {
            FakeCall first = source.call(0);
            assertThat(first.asked).hasValue(1);
            assertThat(reader.isConnected()).isFalse();
            first.observer.onNext("a");
            assertThat(reader.isConnected()).isTrue();
            assertThat(source.received).containsExactly("a");
            assertThat(first.asked).hasValue(1);
            source.taken.getFirst().run();
            assertThat(first.asked).hasValue(2);

            source.full = true;
            first.observer.onNext("b");
            assertThat(first.cancelled).hasValue(1);
            source.full = false;
            FakeCall second = source.call(1);
            second.observer.onNext("b");
            assertThat(source.received).containsExactly("a", "b");
            assertThat(source.ups).containsExactly(true, false, true);
        }
        assertThat(source.call(1).cancelled).hasValue(1);
    }

    @Test
    @Covers("SSVC-003")
    void anEndedStreamIsOpenedAgainAndALateMessageOfTheOldOneIsIgnored() {
        try (StreamReader<String, String> reader = reader(Duration.ofSeconds(30))) {
            FakeCall first = source.call(0);
            first.observer.onError(new IllegalStateException("broken"));
            FakeCall second = source.call(1);
            first.observer.onNext("late");
            first.observer.onCompleted();
            assertThat(source.received).isEmpty();
            assertThat(reader.isUnconfirmed()).isTrue();
            reader.confirm();
            assertThat(reader.isConnected()).isTrue();
            second.observer.onCompleted();
            assertThat(reader.isConnected()).isFalse();
            assertThat(source.call(2).asked).hasValue(1);
        }
    }

    @Test
    @Covers("SSVC-003")
    void aSilentStreamIsOpenedAnew() {
        try (StreamReader<String, String> _ = reader(Duration.ofMillis(50))) {
            assertThat(source.call(1).asked).hasValue(1);
            assertThat(source.quiets.get()).isPositive();
            assertThat(source.call(0).cancelled).hasValue(1);
        }
    }

    private StreamReader<String, String> reader(Duration quiet) {
        StreamReader<String, String> reader =
                new StreamReader<>(
                        "test",
                        source,
                        new StreamLimits(quiet, Duration.ofMillis(1), Duration.ofMillis(4)),
                        scheduler);
        reader.start();
        return reader;
    }

    private static final class FakeSource implements StreamReader.Source<String, String> {
        private final List<FakeCall> calls = new CopyOnWriteArrayList<>();
        private final List<String> received = new CopyOnWriteArrayList<>();
        private final List<Runnable> taken = new CopyOnWriteArrayList<>();
        private final List<Boolean> ups = new CopyOnWriteArrayList<>();
        private final AtomicInteger quiets = new AtomicInteger();
        private volatile boolean full;

        FakeCall call(int index) {
            Await.until(() -> assertThat(calls).hasSizeGreaterThan(index));
            return calls.get(index);
        }

        @Override
        public Channel channel() {
            return new NoChannel();
        }

        @Override
        public void open(ClientResponseObserver<String, String> observer) {
            FakeCall call = new FakeCall(observer);
            observer.beforeStart(call);
            calls.add(call);
        }

        @Override
        public StreamReader.Reception receive(String message, Runnable onTaken) {
            if (full) {
                return StreamReader.Reception.REFUSED;
            }
            received.add(message);
            taken.add(onTaken);
            return StreamReader.Reception.TAKEN;
        }

        @Override
        public void connected(boolean up) {
            ups.add(up);
        }

        @Override
        public void quiet() {
            quiets.incrementAndGet();
        }
    }

    private static final class FakeCall extends ClientCallStreamObserver<String> {
        private final ClientResponseObserver<String, String> observer;
        private final AtomicInteger asked = new AtomicInteger();
        private final AtomicInteger cancelled = new AtomicInteger();

        FakeCall(ClientResponseObserver<String, String> observer) {
            this.observer = observer;
        }

        @Override
        public void cancel(@Nullable String message, @Nullable Throwable cause) {
            cancelled.incrementAndGet();
        }

        @Override
        public void disableAutoRequestWithInitial(int request) {
            asked.addAndGet(request);
        }

        @Override
        public void request(int count) {
            asked.addAndGet(count);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setOnReadyHandler(Runnable handler) {
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

        @Override
        public void onNext(String value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void onError(Throwable failure) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void onCompleted() {
            throw new UnsupportedOperationException();
        }
    }

    private static final class NoChannel extends Channel {
        @Override
        public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String authority() {
            return "nowhere";
        }
    }
}

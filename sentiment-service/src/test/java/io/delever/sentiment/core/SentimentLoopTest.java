package io.delever.sentiment.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
import io.delever.engine.sentiment.AdjustmentParameters;
import io.delever.engine.sentiment.Feed;
import io.delever.engine.sentiment.Observation;
import io.delever.engine.sentiment.Observation.AccountsAtRisk;
import io.delever.engine.sentiment.Observation.FeedChanged;
import io.delever.engine.sentiment.Observation.PositionClosedByForce;
import io.delever.engine.sentiment.Observation.PriceObserved;
import io.delever.engine.sentiment.SentimentParameters;
import io.delever.sentiment.Await;
import io.delever.testing.Covers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SentimentLoopTest {
    private static final InstrumentId BTC = new InstrumentId("BTC-PERP");
    private static final InstrumentId ETH = new InstrumentId("ETH-PERP");
    private static final long START = 1_700_000_000_000_000_000L;
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong now = new AtomicLong(START);
    private final InstantSource clock =
            () -> Instant.ofEpochSecond(now.get() / SECOND, now.get() % SECOND);
    private final InMemoryScoreHistory history = new InMemoryScoreHistory();
    private final CountingMetrics metrics = new CountingMetrics();

    @Test
    @Covers("SSVC-001")
    void aFullQueueIsAnsweredAtOnceAndNothingOfItIsLost() throws InterruptedException {
        try (SentimentLoop loop = loop(2, 16)) {
            CountDownLatch held = new CountDownLatch(1);
            CountDownLatch entered = new CountDownLatch(1);
            loop.start();
            assertThat(loop.offer(List.of(price(BTC, "100")), () -> hold(entered, held))).isTrue();
            entered.await();
            assertThat(loop.offer(List.of(price(BTC, "101")), () -> {})).isTrue();
            assertThat(loop.offer(List.of(price(BTC, "102")), () -> {})).isTrue();
            assertThat(loop.offer(List.of(price(BTC, "103")), () -> {})).isFalse();
            assertThat(loop.queueLength()).isEqualTo(2);
            assertThat(metrics.queueFull).hasValue(1);
            held.countDown();
            Await.until(() -> assertThat(metrics.taken).hasValue(3));
        }
    }

    @Test
    @Covers("SSVC-001")
    void snapshotsComeAtTheIntervalAndDoNotChange() {
        try (SentimentLoop loop = loop(16, 1)) {
            List<Long> heard = new CopyOnWriteArrayList<>();
            loop.addListener(snapshot -> heard.add(snapshot.sequence()));
            loop.start();
            offer(loop, price(BTC, "100"), price(ETH, "100"));
            Await.until(() -> assertThat(loop.snapshot().sequence()).isPositive());
            SentimentSnapshot first = loop.snapshot();
            long count = metrics.evaluated.get();
            now.addAndGet(SECOND);
            Await.until(() -> assertThat(loop.snapshot().of(Optional.of(BTC))).isPresent());
            Await.until(() -> assertThat(metrics.evaluated.get()).isGreaterThan(count));
            assertThat(first.instruments()).doesNotContainKey(ETH);
            assertThat(loop.snapshot().of(Optional.of(ETH))).isEmpty();
            assertThat(metrics.leftOut).hasValue(1);
            assertThat(loop.snapshot().all()).hasSize(2);
            assertThat(heard).contains(first.sequence(), first.sequence() + 1);
        }
        assertThat(history.kept()).isNotEmpty();
    }

    @Test
    @Covers("SSVC-013")
    void anAdjustmentOutlivesARestart() {
        long multiplier;
        try (SentimentLoop loop = loop(64, 16)) {
            loop.start();
            fear(loop);
            for (int i = 0; i < 4; i++) {
                awaitEvaluationAt(loop, now.addAndGet(60 * SECOND));
                fear(loop);
            }
            awaitEvaluationAt(loop, now.addAndGet(SECOND));
            multiplier = loop.snapshot().market().adjustment().multiplier().ppm();
            assertThat(multiplier).isGreaterThan(1_100_000);
        }
        try (SentimentLoop after = loop(64, 16)) {
            after.start();
            awaitEvaluationAt(after, now.addAndGet(SECOND));
            // The new run knows nothing yet: it neither raises nor lowers what was in force.
            assertThat(after.snapshot().market().score().confidence()).isEqualTo(Rate.ZERO);
            assertThat(after.snapshot().market().adjustment().multiplier().ppm())
                    .isEqualTo(multiplier);
            awaitEvaluationAt(after, now.addAndGet(600 * SECOND));
            assertThat(after.snapshot().market().adjustment().multiplier()).isEqualTo(Rate.ONE);
        }
    }

    @Test
    @Covers("SSVC-001")
    void limitsThatCannotWorkAreRefused() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new LoopLimits(0, 1, second, second))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LoopLimits(1, 1, Duration.ZERO, second))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new LoopLimits(1, 1, second, Duration.ofMillis(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void fear(SentimentLoop loop) {
        long time = now.get();
        offer(
                loop,
                new FeedChanged(Feed.PRICES, true, time),
                new FeedChanged(Feed.CASES, true, time),
                new FeedChanged(Feed.ACCOUNTS, true, time),
                new AccountsAtRisk(50, 100, time),
                new PriceObserved(BTC, Price.parse("100"), Optional.empty(), START - 1),
                new PriceObserved(BTC, Price.parse("50"), Optional.empty(), time),
                new PositionClosedByForce(BTC, true, Money.parse("90000000"), time));
    }

    private void offer(SentimentLoop loop, Observation... observations) {
        CountDownLatch taken = new CountDownLatch(1);
        assertThat(loop.offer(List.of(observations), taken::countDown)).isTrue();
        hold(new CountDownLatch(0), taken);
    }

    private static void awaitEvaluationAt(SentimentLoop loop, long timeNanos) {
        Await.until(
                () ->
                        assertThat(loop.snapshot().market().score().eventTimeNanos())
                                .isGreaterThanOrEqualTo(timeNanos));
    }

    private static void hold(CountDownLatch entered, CountDownLatch held) {
        entered.countDown();
        try {
            held.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private SentimentLoop loop(int queue, int instruments) {
        return new SentimentLoop(
                SentimentParameters.published(),
                AdjustmentParameters.published(),
                new LoopLimits(queue, instruments, Duration.ofMillis(100), Duration.ofMillis(100)),
                new Surroundings(clock, history, metrics));
    }

    private PriceObserved price(InstrumentId id, String index) {
        return new PriceObserved(
                id, Price.parse(index), Optional.of(Price.parse(index)), now.get());
    }
}

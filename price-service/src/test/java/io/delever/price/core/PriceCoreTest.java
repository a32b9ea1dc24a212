package io.delever.price.core;

import static io.delever.price.core.CoreFixture.definition;
import static io.delever.price.core.CoreFixture.tick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.PriceState;
import io.delever.engine.money.Price;
import io.delever.engine.pricing.Hold;
import io.delever.engine.pricing.IndexDefinition;
import io.delever.engine.pricing.Tick;
import io.delever.price.Await;
import io.delever.price.TestClock;
import io.delever.testing.Covers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PriceCoreTest {
    private static final QueueLimits ROOMY = new QueueLimits(100, 1_000, 100);

    private final TestClock clock = new TestClock();
    private final CoreFixture.CountingMetrics metrics = new CoreFixture.CountingMetrics();
    private final InMemoryDefinitionStore store = new InMemoryDefinitionStore();
    private final InMemoryHaltStore halts = new InMemoryHaltStore();
    private final List<PriceCore> started = new ArrayList<>();

    private PriceCore start(QueueLimits queue) {
        PriceCore core =
                new PriceCore(
                        CoreFixture.settings(queue),
                        new Stores(store, halts, new InMemoryCandleStore()),
                        metrics,
                        clock,
                        "run-" + started.size());
        started.add(core);
        core.start();
        return core;
    }

    @AfterEach
    void stop() {
        started.forEach(PriceCore::close);
    }

    private PriceState stateOf(PriceCore core, String instrument) {
        return core.publisher().book().price(new InstrumentId(instrument)).orElseThrow().state();
    }

    @Test
    @Covers("PSVC-020")
    void definitionIsPricedWhenItIsAnswered() {
        PriceCore core = start(ROOMY);
        assertThat(core.registry().put("c1", definition("A", "a"))).isEqualTo(definition("A", "a"));
        assertThat(stateOf(core, "A")).isEqualTo(new PriceState.Missing());
    }

    private Optional<Hold> holdOf(PriceCore core, String instrument) {
        return core.publisher().book().price(new InstrumentId(instrument)).orElseThrow().hold();
    }

    @Test
    @Covers({"PSVC-060", "PSVC-061"})
    void aHaltIsPricedWhenItIsAnsweredAndANewRunKeepsIt() {
        PriceCore core = start(ROOMY);
        core.registry().put("c1", definition("A", "a"));
        core.registry().put("c2", definition("B", "b"));
        InstrumentId a = new InstrumentId("A");

        assertThat(core.registry().halt("h1", a, true, "why").halted()).isTrue();

        assertThat(holdOf(core, "A")).contains(Hold.HALTED);
        assertThat(holdOf(core, "B")).isEmpty();
        PriceCore next = start(ROOMY);
        assertThat(holdOf(next, "A")).contains(Hold.HALTED);
        assertThat(holdOf(next, "B")).isEmpty();
        assertThat(next.registry().halt("h2", a, false, "over").halted()).isFalse();
        assertThat(holdOf(next, "A")).isEmpty();
        assertThat(next.registry().halt("h1", a, false, "other").reason()).isEqualTo("why");
        assertThat(holdOf(next, "A")).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> next.registry().halt("h3", new InstrumentId("C"), true, "unknown"))
                .withMessageContaining("C");
    }

    @Test
    @Covers("PSVC-062")
    void aHaltThatWasDurableInSpiteOfTheErrorIsAppliedWithTheNextCommand() {
        PriceCore core = start(ROOMY);
        core.registry().put("c1", definition("A", "a"));
        core.registry().put("c2", definition("B", "b"));
        InstrumentId a = new InstrumentId("A");
        halts.failNext(true);
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> core.registry().halt("h1", a, true, "why"));
        assertThat(holdOf(core, "A")).isEmpty();

        assertThat(core.registry().halt("h2", new InstrumentId("B"), true, "too").halted())
                .isTrue();

        assertThat(holdOf(core, "A")).contains(Hold.HALTED);
        assertThat(holdOf(core, "B")).contains(Hold.HALTED);
        halts.failNext(false);
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> core.registry().halt("h3", a, false, "over"));
        assertThat(core.registry().halt("h3", a, false, "over").halted()).isFalse();
        assertThat(holdOf(core, "A")).isEmpty();
    }

    @Test
    @Covers("PSVC-064")
    void aSourceThatLeavesTheOthersIsAnAlarmOnce() {
        PriceCore core = start(ROOMY);
        core.registry().put("c1", definition("A", "a", "b", "c"));
        List<BatchAnswer> answers = new CopyOnWriteArrayList<>();
        for (long price : new long[] {150, 151, 152}) {
            long now = clock.nanos();
            core.loop()
                    .offer(
                            new TickBatch(
                                    List.of(
                                            tick("a", 100, now),
                                            tick("b", 101, now),
                                            tick("c", price, now)),
                                    answers::add));
            clock.advance(Duration.ofMillis(10));
        }
        Await.until("all are answered", () -> answers.size() == 3);
        Await.until("an alarm", () -> !metrics.alarms.isEmpty());
        core.registry().put("c2", definition("B", "d"));
        assertThat(metrics.alarms).containsExactly(Map.entry(AlarmKind.SOURCE_AWAY, 1));
    }

    @Test
    @Covers({"PSVC-001", "PSVC-004"})
    void fullQueueIsSaidAtOnceAndWhatWaitsIsAnswered() throws Exception {
        PriceCore core = start(new QueueLimits(3, 1_000, 100));
        core.registry().put("c1", definition("A", "a"));
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        assertThat(
                        core.loop()
                                .offer(
                                        new TickBatch(
                                                List.of(),
                                                answer -> {
                                                    busy.countDown();
                                                    awaitQuietly(release);
                                                })))
                .isTrue();
        assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();
        List<BatchAnswer> answers = new CopyOnWriteArrayList<>();
        List<Tick> good = List.of(tick("a", 1, clock.nanos()));
        for (int i = 0; i < 3; i++) {
            assertThat(core.loop().offer(new TickBatch(good, answers::add))).isTrue();
        }
        assertThat(core.loop().queuedBatches()).isEqualTo(3);
        assertThat(core.loop().offer(new TickBatch(good, answers::add))).isFalse();
        assertThat(metrics.refusedTicks).hasValue(1);
        release.countDown();
        Await.until("all three are answered", () -> answers.size() == 3);
        assertThat(answers).allSatisfy(each -> assertThat(each.accepted()).isEqualTo(1));
        Await.until(
                "there is room again", () -> core.loop().offer(new TickBatch(good, answers::add)));
    }

    @Test
    @Covers("PSVC-004")
    void ticksThatWaitAreBoundedToo() throws Exception {
        PriceCore core = start(new QueueLimits(100, 150, 100));
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        core.loop()
                .offer(
                        new TickBatch(
                                List.of(),
                                answer -> {
                                    busy.countDown();
                                    awaitQuietly(release);
                                }));
        assertThat(busy.await(20, TimeUnit.SECONDS)).isTrue();
        List<Tick> hundred = Collections.nCopies(100, tick("a", 1, 1));
        assertThat(core.loop().offer(new TickBatch(hundred, answer -> {}))).isTrue();
        assertThat(core.loop().offer(new TickBatch(hundred, answer -> {}))).isFalse();
        assertThat(core.loop().offer(new TickBatch(hundred.subList(0, 50), answer -> {}))).isTrue();
        release.countDown();
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                core.loop()
                                        .offer(
                                                new TickBatch(
                                                        Collections.nCopies(101, tick("a", 1, 1)),
                                                        answer -> {})))
                .withMessageContaining("101, limit 100");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @Covers("PSVC-015")
    void heartbeatComesAfterSilenceOnly() {
        PriceCore core = start(ROOMY);
        core.registry().put("c1", definition("A", "a"));
        long before = core.publisher().book().sequence();
        clock.advance(Duration.ofMillis(999));
        Await.until("the loop has seen the time", () -> core.loop().sinceLastBeat().isZero());
        assertThat(core.publisher().book().sequence()).isEqualTo(before);
        clock.advance(Duration.ofMillis(1));
        Await.until("heartbeat", () -> core.publisher().book().sequence() == before + 1);
    }

    @Test
    @Covers("PSVC-018")
    void timeAloneMakesThePriceStale() {
        PriceCore core = start(ROOMY);
        core.registry().put("c1", definition("A", "a"));
        assertThat(
                        core.loop()
                                .offer(
                                        new TickBatch(
                                                List.of(tick("a", 5, clock.nanos())),
                                                answer -> {})))
                .isTrue();
        Await.until("fresh", () -> stateOf(core, "A").usableIndex().isPresent());
        long time = clock.nanos();
        clock.advance(Duration.ofSeconds(11));
        PriceState stale = new PriceState.Stale(Price.parse("5"), Price.parse("5"), time);
        Await.until("stale", () -> stateOf(core, "A").equals(stale));
    }

    @Test
    @Covers("PSVC-026")
    void oneInstrumentTooManyIsRefusedAndListedOnesCanBeReplaced() {
        PriceCore core = start(ROOMY);
        for (String id : List.of("A", "B", "C")) {
            core.registry().put("list-" + id, definition(id, "a"));
        }
        assertThatExceptionOfType(TooManyInstrumentsException.class)
                .isThrownBy(() -> core.registry().put("list-D", definition("D", "a")))
                .withMessageContaining("limit 3");
        assertThat(core.registry().put("replace-B", definition("B", "b")))
                .isEqualTo(definition("B", "b"));
        assertThat(core.registry().all())
                .containsExactly(definition("A", "a"), definition("B", "b"), definition("C", "a"));
    }

    @Test
    @Covers({"PSVC-021", "PSVC-024"})
    void nextRunStartsWithTheLastDefinitionsAndNoPrices() {
        PriceCore first = start(ROOMY);
        first.registry().put("c1", definition("A", "a"));
        first.registry().put("c2", definition("A", "a", "b"));
        first.close();
        PriceCore next = start(ROOMY);
        assertThat(next.registry().all()).containsExactly(definition("A", "a", "b"));
        assertThat(stateOf(next, "A")).isEqualTo(new PriceState.Missing());
        assertThat(next.publisher().epoch()).isNotEqualTo(first.publisher().epoch());
        assertThat(next.registry().put("c1", definition("A", "z"))).isEqualTo(definition("A", "a"));
        assertThat(next.registry().all()).containsExactly(definition("A", "a", "b"));
    }

    @Test
    @Covers("PSVC-025")
    void definitionThatIsDurableInSpiteOfTheErrorIsAppliedWithTheNextCommand() {
        PriceCore core = start(ROOMY);
        store.failNext(true);
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> core.registry().put("c1", definition("A", "a")));
        assertThat(core.registry().all()).isEmpty();
        store.failNext(false);
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> core.registry().put("c2", definition("B", "a")));

        IndexDefinition first = core.registry().put("c1", definition("A", "a"));
        assertThat(first).isEqualTo(definition("A", "a"));
        assertThat(core.registry().all()).containsExactly(definition("A", "a"));
        assertThat(stateOf(core, "A")).isEqualTo(new PriceState.Missing());
        assertThat(core.registry().put("c2", definition("B", "a"))).isEqualTo(definition("B", "a"));
    }

    @Test
    @Covers("PSVC-030")
    void loopThatFailsIsNotAliveAndTakesNothing() {
        PriceCore core = start(ROOMY);
        assertThat(core.loop().isAlive()).isTrue();
        assertThat(
                        core.loop()
                                .offer(
                                        new TickBatch(
                                                List.of(),
                                                answer -> {
                                                    throw new IllegalStateException(
                                                            "broken on purpose");
                                                })))
                .isTrue();
        Await.until("the loop has stopped", () -> !core.loop().isAlive());
        assertThat(core.loop().offer(new TickBatch(List.of(), answer -> {}))).isFalse();
        assertThatExceptionOfType(LoopUnavailableException.class)
                .isThrownBy(() -> core.registry().put("c1", definition("A", "a")));
    }

    @Test
    @Covers("PSVC-032")
    void closeAnswersWhatWaitsAndTakesNoMore() {
        PriceCore core = start(ROOMY);
        List<BatchAnswer> answers = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 50; i++) {
            assertThat(core.loop().offer(new TickBatch(List.of(), answers::add))).isTrue();
        }
        core.close();
        assertThat(answers).hasSize(50);
        assertThat(core.loop().isAlive()).isFalse();
        assertThat(core.loop().offer(new TickBatch(List.of(), answers::add))).isFalse();
    }

    @Test
    @Covers("PSVC-033")
    void settingsOutOfRangeAreRefused() {
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StreamSettings(Duration.ZERO, second, 1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StreamSettings(Duration.ofSeconds(2), second, 1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StreamSettings(second, Duration.ofMillis(1), 1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StreamSettings(second, second, 0, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StreamSettings(second, second, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new QueueLimits(0, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new QueueLimits(1, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new QueueLimits(1, 1, 2));
    }
}

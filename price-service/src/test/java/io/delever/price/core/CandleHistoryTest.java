package io.delever.price.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.PriceState;
import io.delever.engine.money.Price;
import io.delever.engine.pricing.Candle;
import io.delever.engine.pricing.CandleInterval;
import io.delever.engine.pricing.IndexPrice;
import io.delever.price.Await;
import io.delever.price.TestClock;
import io.delever.testing.Covers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CandleHistoryTest {
    private static final InstrumentId BTC = new InstrumentId("BTC-PERP");
    private static final long SECOND = 1_000_000_000L;

    private final AtomicInteger dropped = new AtomicInteger();
    private final CandleHistory history = new CandleHistory(4, dropped::addAndGet);
    private final InMemoryCandleStore store = new InMemoryCandleStore();

    @Test
    @Covers("PSVC-050")
    void everyUsablePublishedPriceIsInACandleOfEachLength() {
        add(10, "100");
        history.add(List.of(price(10, new PriceState.Stale(p("900"), p("900"), 0))));
        history.add(List.of(price(10, new PriceState.Missing())));
        history.add(List.of(price(10, new PriceState.Degraded(p("90"), p("91"), 0))));
        assertThat(history.take())
                .extracting(StoredCandle::interval)
                .containsExactly(CandleInterval.values());
        history.notSaved();
        assertThat(read(CandleInterval.ONE_SECOND)).containsExactly(candle(10, "100 100 90 90", 2));
        assertThat(read(CandleInterval.ONE_HOUR)).containsExactly(candle(0, "100 100 90 90", 2));
    }

    @Test
    @Covers("PSVC-051")
    void whatChangedIsTakenOnceAndWaitsWhereItIsNotSaved() {
        add(10, "100");
        assertThat(history.take()).hasSize(4);
        history.saved();
        assertThat(history.take()).isEmpty();
        history.saved();
        add(11, "101");
        assertThat(history.take()).as("one second is complete, four go on").hasSize(5);
        add(12, "102");
        history.notSaved();
        assertThat(history.take())
                .filteredOn(one -> one.interval() == CandleInterval.ONE_SECOND)
                .extracting(StoredCandle::candle)
                .containsExactly(
                        candle(10, "100 100 100 100", 1),
                        candle(11, "101 101 101 101", 1),
                        candle(12, "102 102 102 102", 1));
    }

    @Test
    @Covers("PSVC-052")
    void readersSeeWhatIsOnItsWayToTheStore() {
        add(10, "100");
        store.write(history.take());
        assertThat(read(CandleInterval.ONE_SECOND)).hasSize(1);
        history.saved();
        add(11, "101");
        history.take();
        assertThat(read(CandleInterval.ONE_SECOND))
                .extracting(Candle::startNanos)
                .containsExactly(10 * SECOND, 11 * SECOND);
        assertThat(
                        history.completed(
                                new CandleStore.Query(
                                        BTC, CandleInterval.ONE_SECOND, 0, 11 * SECOND, 1),
                                List.of()))
                .as("not written yet, and before the end that is asked for")
                .extracting(Candle::startNanos)
                .containsExactly(10 * SECOND);
    }

    @Test
    @Covers("PSVC-054")
    void whatWaitsTooLongIsGivenUpOldestFirstAndCounted() {
        for (int second = 0; second < 7; second++) {
            add(second, "100");
        }
        assertThat(history.pending()).isEqualTo(4);
        assertThat(dropped).hasValue(2);
        assertThat(read(CandleInterval.ONE_SECOND))
                .extracting(Candle::startNanos)
                .containsExactly(2 * SECOND, 3 * SECOND, 4 * SECOND, 5 * SECOND, 6 * SECOND);
    }

    @Test
    @Covers({"PSVC-053", "PSVC-054", "PSVC-055"})
    void theWriterGoesOnAfterARestartAndWhileTheStoreIsAway() {
        TestClock clock = new TestClock();
        long now = clock.nanos();
        try (HistoryWriter _ = writer(history, clock)) {
            history.add(List.of(fresh(now, "100")));
            Await.until("written", () -> !stored(now).isEmpty());
            store.setAway(true);
            history.add(List.of(fresh(now + 1, "120")));
            Await.until("tried", () -> store.refusedWrites() >= 2);
            store.setAway(false);
            Await.until("written again", () -> stored(now).getFirst().updates() == 2);
        }
        CandleHistory next = new CandleHistory(4, dropped::addAndGet);
        try (HistoryWriter _ = writer(next, clock)) {
            next.add(List.of(fresh(now + 2, "90")));
            Await.until("gone on", () -> stored(now).getFirst().updates() == 3);
            clock.advance(Duration.ofMinutes(2));
        }
        assertThat(stored(now))
                .containsExactly(
                        new Candle(
                                CandleInterval.ONE_SECOND.startOf(now),
                                p("100"),
                                p("120"),
                                p("90"),
                                p("90"),
                                3));
        try (HistoryWriter _ = writer(new CandleHistory(4, dropped::addAndGet), clock)) {
            Await.until("forgotten", () -> stored(now).isEmpty());
        }
    }

    @Test
    @Covers("PSVC-033")
    void settingsOutOfRangeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HistorySettings(Duration.ofMillis(1), 1, Map.of()))
                .withMessageContaining("write interval: PT0.001S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HistorySettings(Duration.ofSeconds(1), 0, Map.of()))
                .withMessageContaining("pending candles: 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HistorySettings(Duration.ofSeconds(1), 1, Map.of()))
                .withMessageContaining("retention of ONE_SECOND: PT0S");
    }

    private HistoryWriter writer(CandleHistory of, TestClock clock) {
        HistoryWriter writer = new HistoryWriter(of, store, CoreFixture.HISTORY, clock);
        writer.start();
        return writer;
    }

    private List<Candle> stored(long timeNanos) {
        return store.read(
                new CandleStore.Query(
                        BTC, CandleInterval.ONE_SECOND, timeNanos - SECOND, timeNanos + SECOND, 9));
    }

    private List<Candle> read(CandleInterval interval) {
        CandleStore.Query query = new CandleStore.Query(BTC, interval, 0, Long.MAX_VALUE, 100);
        return history.completed(query, store.read(query));
    }

    private void add(long second, String price) {
        history.add(List.of(fresh(second * SECOND, price)));
    }

    private static IndexPrice fresh(long nanos, String price) {
        PriceState state = new PriceState.Fresh(p(price), p(price), nanos);
        return new IndexPrice(BTC, state, nanos, 1, 1, List.of(), Optional.empty());
    }

    private static IndexPrice price(long second, PriceState state) {
        return new IndexPrice(BTC, state, second * SECOND, 1, 1, List.of(), Optional.empty());
    }

    /** Open, high, low and close. */
    private static Candle candle(long second, String prices, long updates) {
        String[] each = prices.split(" ");
        return new Candle(second * SECOND, p(each[0]), p(each[1]), p(each[2]), p(each[3]), updates);
    }

    private static Price p(String decimal) {
        return Price.parse(decimal);
    }
}

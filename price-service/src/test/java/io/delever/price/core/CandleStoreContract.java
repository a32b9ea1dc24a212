package io.delever.price.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Price;
import io.delever.engine.pricing.Candle;
import io.delever.engine.pricing.CandleInterval;
import io.delever.testing.Covers;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of candles does. */
public interface CandleStoreContract {
    /** The store; may hold candles of other tests. */
    CandleStore candles();

    @Test
    @Covers("PSVC-051")
    default void aCandleIsReplacedByItsNewerState() {
        InstrumentId instrument = unique();
        candles().write(List.of(minute(instrument, 60, 1), minute(instrument, 120, 2)));
        candles().write(List.of(minute(instrument, 120, 3), minute(instrument, 180, 4)));
        assertThat(read(instrument, 0, Long.MAX_VALUE, 10))
                .containsExactly(candle(60, 1), candle(120, 3), candle(180, 4));
    }

    @Test
    @Covers("PSVC-052")
    default void aQueryGivesTheOldestOfItsTime() {
        InstrumentId instrument = unique();
        candles()
                .write(
                        IntStream.range(0, 100)
                                .mapToObj(i -> minute(instrument, i * 60L, i + 1L))
                                .toList());
        assertThat(read(instrument, second(120), second(600), 3))
                .containsExactly(candle(120, 3), candle(180, 4), candle(240, 5));
        assertThat(read(instrument, second(120), second(180), 3)).containsExactly(candle(120, 3));
        assertThat(read(unique(), 0, Long.MAX_VALUE, 3)).isEmpty();
        assertThat(
                        candles()
                                .read(
                                        new CandleStore.Query(
                                                instrument,
                                                CandleInterval.ONE_HOUR,
                                                0,
                                                Long.MAX_VALUE,
                                                3)))
                .isEmpty();
    }

    @Test
    @Covers({"PSVC-053", "PSVC-055"})
    default void candlesAreFoundByStartAndForgottenByAge() {
        InstrumentId instrument = unique();
        candles().write(List.of(minute(instrument, -120, 1), minute(instrument, -60, 2)));
        assertThat(candles().startingAt(CandleInterval.ONE_MINUTE, second(-60)))
                .contains(minute(instrument, -60, 2));
        assertThat(candles().startingAt(CandleInterval.ONE_HOUR, second(-60)))
                .noneMatch(one -> one.instrument().equals(instrument));
        assertThat(candles().deleteBefore(CandleInterval.ONE_MINUTE, second(-60)))
                .isGreaterThanOrEqualTo(1);
        assertThat(read(instrument, Long.MIN_VALUE, Long.MAX_VALUE, 9))
                .containsExactly(candle(-60, 2));
    }

    private List<Candle> read(InstrumentId instrument, long from, long to, int limit) {
        return candles()
                .read(
                        new CandleStore.Query(
                                instrument, CandleInterval.ONE_MINUTE, from, to, limit));
    }

    private static InstrumentId unique() {
        return new InstrumentId("CANDLE-" + UUID.randomUUID().toString().substring(0, 8));
    }

    private static long second(long second) {
        return second * 1_000_000_000L;
    }

    private static StoredCandle minute(InstrumentId instrument, long second, long price) {
        return new StoredCandle(instrument, CandleInterval.ONE_MINUTE, candle(second, price));
    }

    private static Candle candle(long second, long price) {
        return new Candle(
                second(second),
                new Price(price),
                new Price(price + 5),
                new Price(price),
                new Price(price + 1),
                price);
    }
}

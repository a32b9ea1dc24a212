package io.delever.engine.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
import io.delever.testing.Covers;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CandleSeriesTest {
    private static final long SECOND = 1_000_000_000L;
    private final CandleSeries series = new CandleSeries(CandleInterval.ONE_MINUTE);

    @Test
    @Covers("PRIC-200")
    void candlesBeginAtMultiplesOfTheirLength() {
        assertThat(CandleInterval.ONE_MINUTE.startOf(119 * SECOND)).isEqualTo(60 * SECOND);
        assertThat(CandleInterval.ONE_MINUTE.startOf(120 * SECOND)).isEqualTo(120 * SECOND);
        assertThat(CandleInterval.ONE_HOUR.startOf(-1)).isEqualTo(-3_600 * SECOND);
        assertThat(CandleInterval.FIVE_MINUTES.seconds()).isEqualTo(300);
        assertThat(CandleInterval.ONE_SECOND.startOf(7 * SECOND + 1)).isEqualTo(7 * SECOND);
    }

    @Test
    @Covers("PRIC-201")
    void aCandleHoldsFirstGreatestLeastAndLast() {
        assertThat(series.current()).isEmpty();
        assertThat(series.add(60 * SECOND, price("10"))).isEmpty();
        assertThat(series.add(70 * SECOND, price("12"))).isEmpty();
        assertThat(series.add(80 * SECOND, price("9"))).isEmpty();
        assertThat(series.add(119 * SECOND, price("11"))).isEmpty();
        Candle first = candle(60, "10 12 9 11", 4);
        assertThat(series.current()).contains(first);
        assertThat(series.add(120 * SECOND, price("8"))).contains(first);
        assertThat(series.current()).contains(candle(120, "8 8 8 8", 1));
        assertThat(series.add(600 * SECOND, price("7")))
                .as("minutes without a price have no candle")
                .contains(candle(120, "8 8 8 8", 1));
    }

    @Test
    @Covers("PRIC-201")
    void timeNeverGoesBack() {
        series.add(120 * SECOND, price("10"));
        assertThat(series.add(60 * SECOND, price("11"))).isEmpty();
        assertThat(series.current()).contains(candle(120, "10 11 10 11", 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> candle(0, "10 9 8 9", 1))
                .withMessageContaining("open 10");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> candle(0, "10 10 10 10", 0))
                .withMessageContaining("0 updates");
    }

    @Test
    @Covers("PRIC-202")
    void aResumedSeriesMakesTheSameCandles() {
        SplittableRandom random = new SplittableRandom(72);
        CandleSeries whole = new CandleSeries(CandleInterval.ONE_MINUTE);
        CandleSeries broken = new CandleSeries(CandleInterval.ONE_MINUTE);
        List<Candle> expected = new ArrayList<>();
        List<Candle> actual = new ArrayList<>();
        long time = 0;
        for (int i = 0; i < 2_000; i++) {
            time += random.nextLong(20 * SECOND);
            Price price = new Price(random.nextLong(1, 1_000));
            whole.add(time, price).ifPresent(expected::add);
            broken.add(time, price).ifPresent(actual::add);
            if (random.nextInt(5) == 0) {
                broken =
                        CandleSeries.resumed(
                                CandleInterval.ONE_MINUTE, broken.current().orElseThrow());
            }
        }
        assertThat(actual).isEqualTo(expected).hasSizeGreaterThan(200);
    }

    @Test
    @Covers("PRIC-203")
    void aDrawdownIsMeasuredFromTheGreatestPrice() {
        Drawdown drawdown = new Drawdown();
        assertThat(drawdown.now()).isEqualTo(Rate.ZERO);
        drawdown.add(price("100"));
        assertThat(drawdown.now()).isEqualTo(Rate.ZERO);
        drawdown.add(price("75"));
        assertThat(drawdown.now()).isEqualTo(Rate.parse("0.25"));
        drawdown.add(price("90"));
        assertThat(drawdown.now()).isEqualTo(Rate.parse("0.1"));
        assertThat(drawdown.greatest()).isEqualTo(Rate.parse("0.25"));
        drawdown.add(price("300"));
        drawdown.add(price("200"));
        assertThat(drawdown.now()).isEqualTo(Rate.parse("0.333333"));
        assertThat(drawdown.greatest()).isEqualTo(Rate.parse("0.333333"));
    }

    /** Open, high, low and close. */
    private static Candle candle(long second, String prices, long updates) {
        String[] p = prices.split(" ");
        return new Candle(
                second * SECOND, price(p[0]), price(p[1]), price(p[2]), price(p[3]), updates);
    }

    private static Price price(String decimal) {
        return Price.parse(decimal);
    }
}

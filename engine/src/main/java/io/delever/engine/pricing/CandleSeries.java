package io.delever.engine.pricing;

import io.delever.engine.money.Price;
import java.util.Optional;

/**
 * Makes candles of one length from the prices of one instrument (PRIC-071, PRIC-072). Used by one
 * thread.
 */
public final class CandleSeries {
    private final CandleInterval interval;
    private long startNanos;
    private long openE8;
    private long highE8;
    private long lowE8;
    private long closeE8;
    private long updates;

    /** A series without any price yet. */
    public CandleSeries(CandleInterval interval) {
        this.interval = interval;
    }

    /** A series that goes on with a candle from before. */
    public static CandleSeries resumed(CandleInterval interval, Candle candle) {
        CandleSeries series = new CandleSeries(interval);
        series.startNanos = candle.startNanos();
        series.openE8 = candle.open().e8();
        series.highE8 = candle.high().e8();
        series.lowE8 = candle.low().e8();
        series.closeE8 = candle.close().e8();
        series.updates = candle.updates();
        return series;
    }

    /**
     * Takes the next price. A time before the present candle counts as its own, because time never
     * goes back.
     *
     * @return the candle that is complete by it; empty where the present one goes on
     */
    public Optional<Candle> add(long timeNanos, Price price) {
        long start = interval.startOf(timeNanos);
        Optional<Candle> complete = Optional.empty();
        if (updates == 0 || start > startNanos) {
            complete = current();
            startNanos = start;
            openE8 = price.e8();
            highE8 = price.e8();
            lowE8 = price.e8();
            updates = 0;
        }
        highE8 = Math.max(highE8, price.e8());
        lowE8 = Math.min(lowE8, price.e8());
        closeE8 = price.e8();
        updates++;
        return complete;
    }

    /** The candle that is not complete yet; empty before the first price. */
    public Optional<Candle> current() {
        return updates == 0
                ? Optional.empty()
                : Optional.of(
                        new Candle(
                                startNanos,
                                new Price(openE8),
                                new Price(highE8),
                                new Price(lowE8),
                                new Price(closeE8),
                                updates));
    }
}

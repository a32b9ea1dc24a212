package io.delever.price.core;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.pricing.Candle;
import io.delever.engine.pricing.CandleInterval;
import java.util.List;

/** Keeps candles. Every method throws {@link StoreUnavailableException} where it cannot. */
public interface CandleStore {
    /**
     * What is asked for.
     *
     * @param fromNanos the first start that counts
     * @param toNanos the first start that does not count any more
     * @param limit most candles, the oldest first
     */
    record Query(
            InstrumentId instrument,
            CandleInterval interval,
            long fromNanos,
            long toNanos,
            int limit) {}

    /** Writes candles in one transaction; one that is there already is replaced. */
    void write(List<StoredCandle> candles);

    /** Candles in order of their start. */
    List<Candle> read(Query query);

    /** Every instrument's candle with this start. */
    List<StoredCandle> startingAt(CandleInterval interval, long startNanos);

    /** Deletes candles of a length that start before a time; returns how many. */
    long deleteBefore(CandleInterval interval, long startNanos);
}

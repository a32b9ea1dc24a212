package io.delever.price.core;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.pricing.Candle;
import io.delever.engine.pricing.CandleInterval;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Candles that stay as long as the process; can be away like a database. */
final class InMemoryCandleStore implements CandleStore {
    private final Map<CandleInterval, Map<InstrumentId, NavigableMap<Long, Candle>>> candles =
            new TreeMap<>();
    private boolean away;
    private int refusedWrites;

    synchronized void setAway(boolean nowAway) {
        away = nowAway;
    }

    /** How many writes came while it was away. */
    synchronized int refusedWrites() {
        return refusedWrites;
    }

    private void requireHere() {
        if (away) {
            throw new StoreUnavailableException("away", new IllegalStateException());
        }
    }

    private NavigableMap<Long, Candle> of(CandleInterval interval, InstrumentId instrument) {
        return candles.computeIfAbsent(interval, _ -> new TreeMap<>())
                .computeIfAbsent(instrument, _ -> new TreeMap<>());
    }

    @Override
    public synchronized void write(List<StoredCandle> all) {
        refusedWrites += away ? 1 : 0;
        requireHere();
        all.forEach(
                one ->
                        of(one.interval(), one.instrument())
                                .put(one.candle().startNanos(), one.candle()));
    }

    @Override
    public synchronized List<Candle> read(Query query) {
        requireHere();
        return of(query.interval(), query.instrument())
                .subMap(query.fromNanos(), query.toNanos())
                .values()
                .stream()
                .limit(query.limit())
                .toList();
    }

    @Override
    public synchronized List<StoredCandle> startingAt(CandleInterval interval, long startNanos) {
        requireHere();
        return candles.getOrDefault(interval, Map.of()).entrySet().stream()
                .filter(entry -> entry.getValue().containsKey(startNanos))
                .map(
                        entry ->
                                new StoredCandle(
                                        entry.getKey(), interval, entry.getValue().get(startNanos)))
                .toList();
    }

    @Override
    public synchronized long deleteBefore(CandleInterval interval, long startNanos) {
        requireHere();
        long deleted = 0;
        for (NavigableMap<Long, Candle> one : candles.getOrDefault(interval, Map.of()).values()) {
            deleted += one.headMap(startNanos).size();
            one.headMap(startNanos).clear();
        }
        return deleted;
    }
}

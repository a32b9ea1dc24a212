package io.delever.price.core;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Price;
import io.delever.engine.pricing.Candle;
import io.delever.engine.pricing.CandleInterval;
import io.delever.engine.pricing.CandleSeries;
import io.delever.engine.pricing.IndexPrice;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/**
 * Makes candles of every published index price and holds what the store does not have yet (PSVC-050
 * to PSVC-054). The price loop adds and never waits for the store.
 */
public final class CandleHistory {
    private final int pendingLimit;
    private final IntConsumer dropped;
    private final Map<InstrumentId, Map<CandleInterval, Track>> tracks = new HashMap<>();
    private final Deque<StoredCandle> complete = new ArrayDeque<>();
    private List<StoredCandle> inFlight = List.of();

    /** One instrument's candles of one length. */
    private static final class Track {
        private CandleSeries series;
        private boolean changed;

        Track(CandleSeries series) {
            this.series = series;
        }
    }

    /**
     * Holds nothing yet.
     *
     * @param pendingLimit most complete candles that wait; the oldest is given up for a new one
     * @param dropped told how many were given up
     */
    CandleHistory(int pendingLimit, IntConsumer dropped) {
        this.pendingLimit = pendingLimit;
        this.dropped = dropped;
    }

    /** Goes on with candles that were not complete when the service stopped. */
    synchronized void resume(List<StoredCandle> candles) {
        for (StoredCandle one : candles) {
            track(one).series = CandleSeries.resumed(one.interval(), one.candle());
        }
    }

    /** Takes published prices; those nobody may act on are left out. */
    synchronized void add(List<IndexPrice> prices) {
        for (IndexPrice price : prices) {
            Optional<Price> index = price.state().usableIndex();
            if (index.isPresent()) {
                add(price.instrument(), price.computedAtNanos(), index.get());
            }
        }
    }

    private void add(InstrumentId instrument, long timeNanos, Price price) {
        tracksOf(instrument)
                .forEach(
                        (interval, track) -> {
                            track.changed = true;
                            track.series
                                    .add(timeNanos, price)
                                    .map(closed -> new StoredCandle(instrument, interval, closed))
                                    .ifPresent(complete::addLast);
                        });
        bound();
    }

    private Map<CandleInterval, Track> tracksOf(InstrumentId instrument) {
        return tracks.computeIfAbsent(
                instrument,
                _ -> {
                    Map<CandleInterval, Track> all = new EnumMap<>(CandleInterval.class);
                    for (CandleInterval interval : CandleInterval.values()) {
                        all.put(interval, new Track(new CandleSeries(interval)));
                    }
                    return all;
                });
    }

    private Track track(StoredCandle candle) {
        return Optional.ofNullable(tracksOf(candle.instrument()).get(candle.interval()))
                .orElseThrow();
    }

    private void bound() {
        int over = complete.size() - pendingLimit;
        for (int i = 0; i < over; i++) {
            complete.removeFirst();
        }
        if (over > 0) {
            dropped.accept(over);
        }
    }

    /** What the store does not have; {@link #saved} or {@link #notSaved} must follow. */
    synchronized List<StoredCandle> take() {
        List<StoredCandle> taken = new ArrayList<>(complete);
        complete.clear();
        tracks.forEach(
                (instrument, all) ->
                        all.forEach(
                                (interval, track) -> {
                                    if (track.changed) {
                                        track.changed = false;
                                        track.series
                                                .current()
                                                .map(
                                                        now ->
                                                                new StoredCandle(
                                                                        instrument, interval, now))
                                                .ifPresent(taken::add);
                                    }
                                }));
        inFlight = List.copyOf(taken);
        return inFlight;
    }

    /** The store has them. */
    synchronized void saved() {
        inFlight = List.of();
    }

    /** The store does not have them: they wait on. */
    synchronized void notSaved() {
        Set<Key> newer = complete.stream().map(Key::of).collect(Collectors.toSet());
        for (StoredCandle one : inFlight.reversed()) {
            Track track = track(one);
            boolean goesOn =
                    track.series
                            .current()
                            .filter(now -> now.startNanos() == one.candle().startNanos())
                            .isPresent();
            if (goesOn) {
                track.changed = true;
            } else if (!newer.contains(Key.of(one))) {
                complete.addFirst(one);
            }
        }
        inFlight = List.of();
        bound();
    }

    private record Key(InstrumentId instrument, CandleInterval interval, long startNanos) {
        static Key of(StoredCandle candle) {
            return new Key(candle.instrument(), candle.interval(), candle.candle().startNanos());
        }
    }

    /** Adds what the store does not have yet, or has in an older form, to what it has. */
    synchronized List<Candle> completed(CandleStore.Query query, List<Candle> stored) {
        SortedMap<Long, Candle> byStart = new TreeMap<>();
        stored.forEach(candle -> byStart.put(candle.startNanos(), candle));
        inFlight.forEach(one -> put(byStart, query, one));
        complete.forEach(one -> put(byStart, query, one));
        Optional.ofNullable(tracks.get(query.instrument()))
                .flatMap(all -> Optional.ofNullable(all.get(query.interval())))
                .flatMap(track -> track.series.current())
                .map(now -> new StoredCandle(query.instrument(), query.interval(), now))
                .ifPresent(one -> put(byStart, query, one));
        return byStart.values().stream().limit(query.limit()).toList();
    }

    private static void put(Map<Long, Candle> byStart, CandleStore.Query query, StoredCandle one) {
        long start = one.candle().startNanos();
        if (one.instrument().equals(query.instrument())
                && one.interval() == query.interval()
                && start >= query.fromNanos()
                && start < query.toNanos()) {
            byStart.put(start, one.candle());
        }
    }

    /** Complete candles that wait for the store. */
    synchronized int pending() {
        return complete.size();
    }
}

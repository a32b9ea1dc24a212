package io.delever.gateway.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * The newest value of every key of a stream, in the order in which they last changed. From it
 * follows, for a reader who has seen everything up to some sequence, what is new: never more than
 * one value for each key, however slow the reader is (GATE-032). Not thread-safe.
 *
 * <p>A key whose value is not live (a healthy account, a closed case) is not part of a snapshot. It
 * is kept for a while so that a reader who resumes learns of it; the oldest are dropped first, and
 * a reader from before that gets a snapshot.
 */
final class ConflatedState<V> {
    private final int maxLive;
    private final int maxEnded;
    private final SequencedMap<String, Item<V>> live = new LinkedHashMap<>();
    private final SequencedMap<String, Item<V>> ended = new LinkedHashMap<>();
    private String epoch = "";
    private long sequence;
    private long floor;

    ConflatedState(int maxLive, int maxEnded) {
        this.maxLive = maxLive;
        this.maxEnded = maxEnded;
    }

    /** One value of a stream. */
    record Keyed<V>(String key, V value, boolean isLive) {}

    /** One message of a stream. */
    record Batch<V>(String epoch, long sequence, boolean snapshot, List<Keyed<V>> values) {}

    /** How far a reader has come; the empty epoch stands for nowhere. */
    record Cursor(String epoch, long sequence) {
        static final Cursor START = new Cursor("", 0);
    }

    /** A value, the sequence at which it came, and its rendering, made once for all readers. */
    static final class Item<V> {
        private final V value;
        private final long sequence;
        private volatile String rendering = "";

        Item(V value, long sequence) {
            this.value = value;
            this.sequence = sequence;
        }

        String rendered(Function<V, String> renderer) {
            String known = rendering;
            if (known.isEmpty()) {
                known = renderer.apply(value);
                rendering = known;
            }
            return known;
        }

        V value() {
            return value;
        }
    }

    /** What a reader has to be told to come to {@code cursor}. */
    record Delta<V>(Cursor cursor, boolean snapshot, List<Item<V>> items) {}

    void apply(Batch<V> batch) {
        if (batch.snapshot() || !batch.epoch().equals(epoch)) {
            live.clear();
            ended.clear();
            epoch = batch.epoch();
            sequence = batch.sequence();
            floor = batch.sequence();
        }
        sequence = Math.max(sequence, batch.sequence());
        for (Keyed<V> keyed : batch.values()) {
            live.remove(keyed.key());
            ended.remove(keyed.key());
            Item<V> item = new Item<>(keyed.value(), sequence);
            (keyed.isLive() ? live : ended).put(keyed.key(), item);
        }
        trim(live, maxLive);
        trim(ended, maxEnded);
    }

    private void trim(SequencedMap<String, Item<V>> items, int limit) {
        while (items.size() > limit) {
            Map.Entry<String, Item<V>> oldest = items.pollFirstEntry();
            floor = Math.max(floor, oldest.getValue().sequence);
        }
    }

    Cursor cursor() {
        return new Cursor(epoch, sequence);
    }

    /** What is new after {@code seen}; a snapshot where that is another epoch or too long ago. */
    Delta<V> since(Cursor seen) {
        if (!seen.epoch().equals(epoch) || seen.sequence() < floor) {
            return new Delta<>(cursor(), true, List.copyOf(live.values()));
        }
        if (seen.sequence() >= sequence) {
            return new Delta<>(seen, false, List.of());
        }
        List<Item<V>> changed = new ArrayList<>();
        collectAfter(live, seen.sequence(), changed);
        collectAfter(ended, seen.sequence(), changed);
        Collections.reverse(changed);
        changed.sort(Comparator.comparingLong(item -> item.sequence));
        return new Delta<>(cursor(), false, changed);
    }

    private static <V> void collectAfter(
            SequencedMap<String, Item<V>> items, long sequence, List<Item<V>> into) {
        for (Item<V> item : items.sequencedValues().reversed()) {
            if (item.sequence <= sequence) {
                return;
            }
            into.add(item);
        }
    }

    int liveCount() {
        return live.size();
    }
}

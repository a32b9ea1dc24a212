package io.delever.margin.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * A journal in memory; each instance is one process on a shared store. It passes the tests of the
 * real one.
 */
public final class InMemoryJournal implements AccountJournal {

    /** What a database is to the real journal. */
    public static final class Store {
        private final Map<Integer, List<JournalEntry>> entries = new ConcurrentHashMap<>();
        private InMemoryJournal holder;
        private long epoch;
        private volatile boolean available = true;

        /** From now on the store does or does not answer. */
        public void setAvailable(boolean answers) {
            available = answers;
        }

        /** What is durable. */
        public synchronized List<JournalEntry> entries(int shard) {
            return List.copyOf(entries.getOrDefault(shard, List.of()));
        }
    }

    private final Store store;
    private long epoch;

    public InMemoryJournal(Store store) {
        this.store = store;
    }

    @Override
    public JournalClaim claim() {
        synchronized (store) {
            requireAvailable();
            if (store.holder != null && store.holder != this) {
                return new JournalClaim.HeldByOther("epoch " + store.epoch);
            }
            if (epoch == 0) {
                store.epoch++;
                epoch = store.epoch;
            } else if (epoch != store.epoch) {
                throw new JournalFencedException("epoch " + store.epoch + " has taken over");
            }
            store.holder = this;
            return new JournalClaim.Granted();
        }
    }

    @Override
    public void replay(int shard, Consumer<JournalEntry> consumer) {
        requireAvailable();
        store.entries(shard).forEach(consumer);
    }

    @Override
    public void append(int shard, List<JournalEntry> batch) {
        synchronized (store) {
            requireAvailable();
            if (epoch != store.epoch) {
                throw new JournalFencedException("epoch " + store.epoch + " has taken over");
            }
            List<JournalEntry> written =
                    store.entries.computeIfAbsent(shard, s -> new ArrayList<>());
            long first = batch.getFirst().sequence();
            if (first <= written.size()) {
                List<JournalEntry> there =
                        written.subList(Math.toIntExact(first) - 1, written.size());
                if (!there.equals(batch)) {
                    throw new JournalFencedException("foreign entries from sequence " + first);
                }
                return;
            }
            written.addAll(batch);
        }
    }

    @Override
    public void release() {
        synchronized (store) {
            if (store.holder == this) {
                store.holder = null;
            }
        }
    }

    /** Ends as a killed process does: the lock is free, the epoch stays. */
    public void vanish() {
        release();
    }

    private void requireAvailable() {
        if (!store.available) {
            throw new JournalUnavailableException("the store does not answer");
        }
    }
}

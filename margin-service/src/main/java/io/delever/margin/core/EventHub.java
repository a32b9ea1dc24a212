package io.delever.margin.core;

import io.delever.engine.account.AccountId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The newest events of all shards about accounts, for any number of readers at their own pace.
 *
 * <p>Events get one running sequence within an epoch that names this run of the process. A reader
 * keeps only its own sequence; one that fell out of the ring gets the state itself, as a snapshot
 * of every account that is not healthy. So memory is bounded by the ring and the number of
 * accounts, whatever readers do. JRNL-020 to JRNL-022.
 *
 * @param <E> an event about one account, whose newest event tells its state
 */
public abstract class EventHub<E> {

    /**
     * What a reader is to be sent next.
     *
     * @param <E> an event about one account
     * @param sequence the sequence it has reached with it
     * @param snapshot true where {@code events} is the state of every account that is not healthy
     */
    public record Page<E>(long sequence, boolean snapshot, List<E> events) {
        /** Copies the list. */
        public Page {
            events = List.copyOf(events);
        }
    }

    private final String epoch;
    private final List<E> ring;
    private final int capacity;
    private final Map<AccountId, E> unhealthy = new TreeMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private long sequence;

    /**
     * An empty hub.
     *
     * @param epoch names this run; never used by an earlier one
     * @param capacity how many events a reader may fall behind before it gets a snapshot, at least
     *     1
     */
    EventHub(String epoch, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("event ring capacity " + capacity + " is below 1");
        }
        this.epoch = epoch;
        this.capacity = capacity;
        this.ring = new ArrayList<>();
    }

    /** Whom an event is about. */
    abstract AccountId accountOf(E event);

    /** Whether nothing is to be told of an account whose newest event this is. */
    abstract boolean isHealthy(E event);

    /** Names this run; sequences of different epochs are not comparable. */
    public String epoch() {
        return epoch;
    }

    /** Adds events in order and wakes the readers. */
    public void publish(List<E> events) {
        if (events.isEmpty()) {
            return;
        }
        synchronized (this) {
            for (E event : events) {
                keep(event);
            }
        }
        listeners.forEach(Runnable::run);
    }

    private void keep(E event) {
        sequence++;
        int place = place(sequence);
        if (place == ring.size()) {
            ring.add(event);
        } else {
            ring.set(place, event);
        }
        if (isHealthy(event)) {
            unhealthy.remove(accountOf(event));
        } else {
            unhealthy.put(accountOf(event), event);
        }
    }

    private int place(long ofSequence) {
        return (int) ((ofSequence - 1) % capacity);
    }

    /** The state of every account that is not healthy, and the sequence it is complete up to. */
    public synchronized Page<E> snapshot() {
        return new Page<>(sequence, true, new ArrayList<>(unhealthy.values()));
    }

    /**
     * What follows a sequence: nothing yet, the next events, or a snapshot where the events are no
     * longer held.
     *
     * @param after the last sequence the reader has
     * @param limit most events at once, at least 1
     */
    public synchronized Optional<Page<E>> after(long after, int limit) {
        if (after < 0 || after > sequence || sequence - after > capacity) {
            return Optional.of(snapshot());
        }
        if (after == sequence) {
            return Optional.empty();
        }
        long last = Math.min(sequence, after + limit);
        List<E> events = new ArrayList<>((int) (last - after));
        for (long next = after + 1; next <= last; next++) {
            events.add(ring.get(place(next)));
        }
        return Optional.of(new Page<>(last, false, events));
    }

    /** The sequence of the newest event, 0 before the first. */
    public synchronized long sequence() {
        return sequence;
    }

    /** How many accounts are in each state but healthy, at this moment. */
    public synchronized int unhealthyCount() {
        return unhealthy.size();
    }

    /** Calls the listener after each publication, on the publishing thread; it must not block. */
    public void addListener(Runnable listener) {
        listeners.add(listener);
    }

    /** Ends {@link #addListener}. */
    public void removeListener(Runnable listener) {
        listeners.remove(listener);
    }

    /** How many listen now. */
    public int listenerCount() {
        return listeners.size();
    }
}

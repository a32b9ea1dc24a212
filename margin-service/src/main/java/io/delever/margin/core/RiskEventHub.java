package io.delever.margin.core;

import io.delever.engine.account.AccountId;
import io.delever.engine.margin.RiskState;
import io.delever.engine.margin.RiskTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The newest risk events of all shards, for any number of readers at their own pace.
 *
 * <p>Events get one running sequence within an epoch that names this run of the process. A reader
 * keeps only its own sequence; one that fell out of the ring gets the state itself, as a snapshot
 * of every account that is not healthy. So memory is bounded by the ring and the number of
 * accounts, whatever readers do. JRNL-020 to JRNL-022.
 */
public final class RiskEventHub {

    /**
     * What a reader is to be sent next.
     *
     * @param sequence the sequence it has reached with it
     * @param snapshot true where {@code events} is the state of every account that is not healthy
     */
    public record Page(long sequence, boolean snapshot, List<RiskTransition> events) {
        /** Copies the list. */
        public Page {
            events = List.copyOf(events);
        }
    }

    private final String epoch;
    private final RiskTransition[] ring;
    private final Map<AccountId, RiskTransition> unhealthy = new TreeMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private long sequence;

    /**
     * An empty hub.
     *
     * @param epoch names this run; never used by an earlier one
     * @param capacity how many events a reader may fall behind before it gets a snapshot, at least
     *     1
     */
    public RiskEventHub(String epoch, int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException(
                    "risk event ring capacity " + capacity + " is below 1");
        }
        this.epoch = epoch;
        this.ring = new RiskTransition[capacity];
    }

    /** Names this run; sequences of different epochs are not comparable. */
    public String epoch() {
        return epoch;
    }

    /** Adds events in order and wakes the readers. */
    public void publish(List<RiskTransition> events) {
        if (events.isEmpty()) {
            return;
        }
        synchronized (this) {
            for (RiskTransition event : events) {
                sequence++;
                ring[(int) (sequence % ring.length)] = event;
                if (event.current() == RiskState.HEALTHY) {
                    unhealthy.remove(event.account());
                } else {
                    unhealthy.put(event.account(), event);
                }
            }
        }
        listeners.forEach(Runnable::run);
    }

    /** The state of every account that is not healthy, and the sequence it is complete up to. */
    public synchronized Page snapshot() {
        return new Page(sequence, true, new ArrayList<>(unhealthy.values()));
    }

    /**
     * What follows a sequence: nothing yet, the next events, or a snapshot where the events are no
     * longer held.
     *
     * @param after the last sequence the reader has
     * @param limit most events at once, at least 1
     */
    public synchronized Optional<Page> after(long after, int limit) {
        if (after < 0 || after > sequence || sequence - after > ring.length) {
            return Optional.of(snapshot());
        }
        if (after == sequence) {
            return Optional.empty();
        }
        long last = Math.min(sequence, after + limit);
        List<RiskTransition> events = new ArrayList<>((int) (last - after));
        for (long next = after + 1; next <= last; next++) {
            events.add(ring[(int) (next % ring.length)]);
        }
        return Optional.of(new Page(last, false, events));
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
}

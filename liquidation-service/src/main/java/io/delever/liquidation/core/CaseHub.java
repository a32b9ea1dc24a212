package io.delever.liquidation.core;

import io.delever.engine.liquidation.CaseId;
import io.delever.engine.liquidation.LiquidationCase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells readers what cases do. A reader that is slow gets the newest state of each case; one that
 * is very slow gets a snapshot again, so that memory stays bounded (LSVC-021).
 */
public final class CaseHub {
    private final String epoch;
    private final int history;
    private final int maxReaders;
    private final Map<CaseId, LiquidationCase> open = new TreeMap<>();
    private final Deque<Change> recent = new ArrayDeque<>();
    private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
    private long sequence;

    /**
     * A hub that knows nothing yet.
     *
     * @param epoch names this run of the service
     * @param history number of changes a reader may fall behind before it gets a snapshot, ≥ 1
     * @param maxReaders greatest number of readers at the same time, ≥ 1
     */
    public CaseHub(String epoch, int history, int maxReaders) {
        this.epoch = epoch;
        this.history = history;
        this.maxReaders = maxReaders;
    }

    private record Change(long sequence, LiquidationCase value) {}

    /** One message to a reader. */
    public record Batch(
            String epoch, long sequence, boolean snapshot, List<LiquidationCase> cases) {
        /** Copies the list. */
        public Batch {
            cases = List.copyOf(cases);
        }
    }

    /** Where a reader was. */
    public record Position(String epoch, long sequence) {}

    /** A case was persisted in this state. */
    public void changed(LiquidationCase value) {
        List<Reader> awake;
        synchronized (this) {
            sequence++;
            if (value.isClosed()) {
                open.remove(value.id());
            } else {
                open.put(value.id(), value);
            }
            recent.addLast(new Change(sequence, value));
            if (recent.size() > history) {
                recent.removeFirst();
            }
            awake = List.copyOf(readers);
            awake.forEach(reader -> reader.add(value));
        }
        awake.forEach(reader -> reader.wake.run());
    }

    /** The open cases, ordered by id. */
    public synchronized List<LiquidationCase> openCases() {
        return List.copyOf(open.values());
    }

    /** An open case. */
    public synchronized Optional<LiquidationCase> find(CaseId id) {
        return Optional.ofNullable(open.get(id));
    }

    /** Number of readers. */
    public int readerCount() {
        return readers.size();
    }

    /**
     * Begins to tell somebody; empty where too many listen already.
     *
     * @param from where the reader was, absent for a snapshot
     * @param wake called when there is something to poll
     */
    public synchronized Optional<Reader> read(Optional<Position> from, Runnable wake) {
        if (readers.size() >= maxReaders) {
            return Optional.empty();
        }
        Reader reader = new Reader(wake);
        boolean resumes =
                from.isPresent()
                        && from.get().epoch().equals(epoch)
                        && from.get().sequence() <= sequence
                        && from.get().sequence() >= sequence - recent.size();
        if (resumes) {
            long after = from.get().sequence();
            recent.stream()
                    .filter(change -> change.sequence() > after)
                    .forEach(change -> reader.add(change.value()));
        } else {
            reader.lost = true;
        }
        readers.add(reader);
        return Optional.of(reader);
    }

    /** One reader; polled by one thread. */
    public final class Reader implements AutoCloseable {
        private final Runnable wake;
        private final Map<CaseId, LiquidationCase> pending = new LinkedHashMap<>();
        private boolean lost;

        private Reader(Runnable wake) {
            this.wake = wake;
        }

        private void add(LiquidationCase value) {
            if (lost) {
                return;
            }
            pending.remove(value.id());
            pending.put(value.id(), value);
            if (pending.size() > history) {
                pending.clear();
                lost = true;
            }
        }

        /** What there is to tell now. */
        public Optional<Batch> poll() {
            synchronized (CaseHub.this) {
                if (lost) {
                    lost = false;
                    pending.clear();
                    return Optional.of(
                            new Batch(epoch, sequence, true, new ArrayList<>(open.values())));
                }
                if (pending.isEmpty()) {
                    return Optional.empty();
                }
                Batch batch = new Batch(epoch, sequence, false, new ArrayList<>(pending.values()));
                pending.clear();
                return Optional.of(batch);
            }
        }

        @Override
        public void close() {
            readers.remove(this);
        }
    }
}

package io.delever.price.core;

import java.util.BitSet;
import java.util.Optional;

/**
 * One reader. It keeps one bit for each instrument whose newest price was not read yet, whatever
 * the reader's pace: its memory is bounded by the number of instruments (PSVC-012).
 */
public final class Subscription implements AutoCloseable {
    private final String epoch;
    private final Optional<BitSet> wanted;
    private final Runnable onChange;
    private final PricePublisher publisher;
    private final BitSet dirty = new BitSet();
    private PriceBook book;
    private boolean snapshotDue;
    private boolean heartbeatDue;

    /**
     * Starts at a book.
     *
     * @param wanted slots of the instruments asked for; empty means all
     * @param missed slots that changed since the reader stopped; empty starts with a snapshot
     */
    Subscription(
            PricePublisher publisher,
            PriceBook book,
            Optional<BitSet> wanted,
            Optional<BitSet> missed,
            Runnable onChange) {
        this.publisher = publisher;
        this.epoch = publisher.epoch();
        this.book = book;
        this.wanted = wanted;
        this.onChange = onChange;
        this.snapshotDue = missed.isEmpty();
        missed.ifPresent(dirty::or);
        wanted.ifPresent(dirty::and);
    }

    /** Notes what changed; returns how many updates the reader will never see. */
    int mark(PriceBook newest, BitSet changed) {
        int conflated = 0;
        synchronized (this) {
            book = newest;
            heartbeatDue |= changed.isEmpty();
            for (int slot = changed.nextSetBit(0); slot >= 0; slot = changed.nextSetBit(slot + 1)) {
                if (wanted.isEmpty() || wanted.get().get(slot)) {
                    conflated += dirty.get(slot) ? 1 : 0;
                    dirty.set(slot);
                }
            }
        }
        onChange.run();
        return conflated;
    }

    /** The newest prices that were not read yet; empty where there are none. */
    public synchronized Optional<PriceBatch> poll() {
        if (!snapshotDue && !heartbeatDue && dirty.isEmpty()) {
            return Optional.empty();
        }
        BitSet slots = (BitSet) dirty.clone();
        if (snapshotDue) {
            slots.set(0, book.size());
            wanted.ifPresent(slots::and);
        }
        PriceBatch batch = new PriceBatch(epoch, book.sequence(), snapshotDue, book.of(slots));
        dirty.clear();
        snapshotDue = false;
        heartbeatDue = false;
        return Optional.of(batch);
    }

    /** The reader is gone. */
    @Override
    public void close() {
        publisher.remove(this);
    }
}

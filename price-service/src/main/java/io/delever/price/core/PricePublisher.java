package io.delever.price.core;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.pricing.IndexPrice;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Hands the newest prices to any number of readers. The writer publishes and never waits for a
 * reader: a reader is told that something changed and takes it in its own time.
 */
public final class PricePublisher {
    private final String epoch;
    private final StreamSettings settings;
    private final PriceMetrics metrics;
    private final Deque<Published> history = new ArrayDeque<>();
    private final Set<Subscription> subscriptions = new LinkedHashSet<>();
    private volatile PriceBook book = PriceBook.EMPTY;

    private record Published(long sequence, BitSet changed) {}

    PricePublisher(String epoch, StreamSettings settings, PriceMetrics metrics) {
        this.epoch = epoch;
        this.settings = settings;
        this.metrics = metrics;
    }

    /** Names this run of the service. */
    public String epoch() {
        return epoch;
    }

    /** The newest prices. */
    public PriceBook book() {
        return book;
    }

    /** Publishes changes under the next sequence; without any it is a sign of life. */
    synchronized void publish(List<IndexPrice> changed) {
        PriceBook next = book.with(changed);
        BitSet slots = new BitSet(next.size());
        for (IndexPrice price : changed) {
            next.slot(price.instrument()).ifPresent(slots::set);
        }
        book = next;
        history.addLast(new Published(next.sequence(), slots));
        if (history.size() > settings.history()) {
            history.removeFirst();
        }
        int conflated = 0;
        for (Subscription subscription : subscriptions) {
            conflated += subscription.mark(next, slots);
        }
        metrics.published(changed.size(), next.unordered());
        if (conflated > 0) {
            metrics.conflated(conflated);
        }
    }

    /**
     * Lets a reader in.
     *
     * @param onChange called by the writer when there is something to poll; must not block
     */
    public synchronized Subscribed subscribe(ReadRequest request, Runnable onChange) {
        if (subscriptions.size() >= settings.maximumSubscriptions()) {
            return new Subscribed.TooMany(settings.maximumSubscriptions());
        }
        Optional<BitSet> wanted = Optional.empty();
        if (!request.instruments().isEmpty()) {
            BitSet slots = new BitSet();
            for (InstrumentId instrument : request.instruments()) {
                OptionalInt slot = book.slot(instrument);
                if (slot.isEmpty()) {
                    return new Subscribed.UnknownInstrument(instrument);
                }
                slots.set(slot.getAsInt());
            }
            wanted = Optional.of(slots);
        }
        Optional<BitSet> missed = request.resumeAfter().flatMap(this::missedSince);
        Subscription subscription = new Subscription(this, book, wanted, missed, onChange);
        subscriptions.add(subscription);
        metrics.subscriptions(subscriptions.size());
        return new Subscribed.Open(subscription);
    }

    synchronized void remove(Subscription subscription) {
        if (subscriptions.remove(subscription)) {
            metrics.subscriptions(subscriptions.size());
        }
    }

    /** What changed after a position; empty where that is not known any more. */
    private Optional<BitSet> missedSince(ReadRequest.Position position) {
        long newest = book.sequence();
        if (!position.epoch().equals(epoch) || position.sequence() > newest) {
            return Optional.empty();
        }
        BitSet missed = new BitSet();
        if (position.sequence() == newest) {
            return Optional.of(missed);
        }
        Published oldest = history.peekFirst();
        if (oldest == null || oldest.sequence() > position.sequence() + 1) {
            return Optional.empty();
        }
        for (Published each : history) {
            if (each.sequence() > position.sequence()) {
                missed.or(each.changed());
            }
        }
        return Optional.of(missed);
    }
}

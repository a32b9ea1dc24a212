package io.delever.price.core;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.pricing.IndexPrice;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** The newest price of every instrument as of one sequence. Immutable; each has a fixed slot. */
public final class PriceBook {
    static final PriceBook EMPTY = new PriceBook(0, List.of(), Map.of());

    private static final Comparator<IndexPrice> BY_INSTRUMENT =
            Comparator.comparing(IndexPrice::instrument);

    private final long sequence;
    private final List<IndexPrice> bySlot;
    private final Map<InstrumentId, Integer> slots;

    private PriceBook(long sequence, List<IndexPrice> bySlot, Map<InstrumentId, Integer> slots) {
        this.sequence = sequence;
        this.bySlot = bySlot;
        this.slots = slots;
    }

    /** Rises by one with each published batch. */
    public long sequence() {
        return sequence;
    }

    /** The newest price; empty where the instrument is not listed. */
    public Optional<IndexPrice> price(InstrumentId instrument) {
        return Optional.ofNullable(slots.get(instrument)).map(bySlot::get);
    }

    /** All prices in order of the instrument id. */
    public List<IndexPrice> all() {
        return bySlot.stream().sorted(BY_INSTRUMENT).toList();
    }

    OptionalInt slot(InstrumentId instrument) {
        Integer slot = slots.get(instrument);
        return slot == null ? OptionalInt.empty() : OptionalInt.of(slot);
    }

    int size() {
        return bySlot.size();
    }

    List<IndexPrice> unordered() {
        return bySlot;
    }

    /** The prices of some slots in order of the instrument id. */
    List<IndexPrice> of(BitSet wanted) {
        return wanted.stream().mapToObj(bySlot::get).sorted(BY_INSTRUMENT).toList();
    }

    /** The next book: one sequence later, with these prices; new instruments get new slots. */
    PriceBook with(List<IndexPrice> changed) {
        List<IndexPrice> next = new ArrayList<>(bySlot);
        List<IndexPrice> listed = new ArrayList<>();
        for (IndexPrice price : changed) {
            slot(price.instrument())
                    .ifPresentOrElse(slot -> next.set(slot, price), () -> listed.add(price));
        }
        Map<InstrumentId, Integer> nextSlots = slots;
        if (!listed.isEmpty()) {
            nextSlots = new TreeMap<>(slots);
            for (IndexPrice price : listed) {
                nextSlots.put(price.instrument(), next.size());
                next.add(price);
            }
        }
        return new PriceBook(Math.addExact(sequence, 1), next, nextSlots);
    }
}

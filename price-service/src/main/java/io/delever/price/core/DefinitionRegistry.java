package io.delever.price.core;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.pricing.IndexDefinition;
import java.time.InstantSource;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is listed. One change at a time: durable first, then applied by the loop, then answered, so
 * that the order in the store is the order in the engine (PSVC-020 to PSVC-024).
 */
public final class DefinitionRegistry {
    private final DefinitionStore store;
    private final HaltStore halts;
    private final PriceLoop loop;
    private final InstantSource clock;
    private final int maximumInstruments;
    private final ReentrantLock changing = new ReentrantLock();
    private final SortedMap<InstrumentId, IndexDefinition> definitions = new TreeMap<>();
    private final SortedMap<InstrumentId, IndexDefinition> unapplied = new TreeMap<>();
    private boolean storeMayBeAhead;
    private volatile List<IndexDefinition> listed = List.of();

    DefinitionRegistry(Stores stores, PriceLoop loop, InstantSource clock, int maximumInstruments) {
        this.store = stores.definitions();
        this.halts = stores.halts();
        this.loop = loop;
        this.clock = clock;
        this.maximumInstruments = maximumInstruments;
    }

    /** Reads what stands in the store and starts the loop with it. */
    void start() {
        List<IndexDefinition> stored = store.newest();
        for (IndexDefinition definition : stored) {
            definitions.put(definition.instrument(), definition);
        }
        listed = List.copyOf(definitions.values());
        loop.start(listed, halts.halted());
    }

    /**
     * Lists an instrument or replaces its definition. A repeated command id changes nothing.
     *
     * @return the definition first stored under the command id
     * @throws StoreUnavailableException where the store does not answer
     * @throws LoopUnavailableException where it is stored but not applied yet; repeat the command
     * @throws TooManyInstrumentsException where a new instrument would be one too many
     */
    public IndexDefinition put(String commandId, IndexDefinition definition) {
        changing.lock();
        try {
            if (!definitions.containsKey(definition.instrument())
                    && definitions.size() >= maximumInstruments) {
                throw new TooManyInstrumentsException(maximumInstruments);
            }
            StoredDefinition stored = store(commandId, definition);
            listed = List.copyOf(definitions.values());
            applyWhatWaits();
            return stored.definition();
        } finally {
            changing.unlock();
        }
    }

    /**
     * Halts an instrument or resumes it. A repeated command id changes nothing (PSVC-060).
     *
     * @return what was first stored under the command id
     * @throws IllegalArgumentException where the instrument is not listed
     * @throws StoreUnavailableException where the store does not answer
     * @throws LoopUnavailableException where it is stored but not applied yet; repeat the command
     */
    public HaltCommand halt(
            String commandId, InstrumentId instrument, boolean halted, String reason) {
        changing.lock();
        try {
            if (!definitions.containsKey(instrument)) {
                throw new IllegalArgumentException("not listed: " + instrument.value());
            }
            HaltCommand stored =
                    halts.put(
                            new HaltCommand(
                                    commandId, instrument, halted, reason, EpochNanos.of(clock)));
            applyWhatWaits();
            // What stands in the store counts, also where an earlier answer of it was lost.
            loop.halt(halts.halted());
            return stored;
        } finally {
            changing.unlock();
        }
    }

    /** Stores it; a failure leaves open whether it is durable, so the next success looks. */
    private StoredDefinition store(String commandId, IndexDefinition definition) {
        boolean look = storeMayBeAhead;
        storeMayBeAhead = true;
        StoredDefinition stored =
                store.put(new DefinitionCommand(commandId, definition, EpochNanos.of(clock)));
        if (look) {
            store.newest().forEach(this::note);
        } else if (!stored.repeated()) {
            note(definition);
        }
        storeMayBeAhead = false;
        return stored;
    }

    private void note(IndexDefinition definition) {
        if (!definition.equals(definitions.put(definition.instrument(), definition))) {
            unapplied.put(definition.instrument(), definition);
        }
    }

    private void applyWhatWaits() {
        for (IndexDefinition definition : List.copyOf(unapplied.values())) {
            loop.define(definition);
            unapplied.remove(definition.instrument());
        }
    }

    /** The newest definitions in order of the instrument id. */
    public List<IndexDefinition> all() {
        return listed;
    }
}

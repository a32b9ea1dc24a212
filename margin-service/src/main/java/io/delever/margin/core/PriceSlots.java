package io.delever.margin.core;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.PriceState;
import java.util.HashMap;
import java.util.Map;

/**
 * The prices that wait for a shard: one slot for each instrument, the newest price wins. However
 * slow the shard is, what waits is never more than one price for each instrument. JRNL-018.
 */
final class PriceSlots {
    private final Object lock = new Object();
    private Map<InstrumentId, PriceState> waiting = new HashMap<>();
    private volatile boolean dirty;

    void put(Map<InstrumentId, PriceState> prices) {
        synchronized (lock) {
            waiting.putAll(prices);
            dirty = true;
        }
    }

    boolean isDirty() {
        return dirty;
    }

    /** Takes everything that waits. */
    Map<InstrumentId, PriceState> take() {
        if (!dirty) {
            return Map.of();
        }
        synchronized (lock) {
            Map<InstrumentId, PriceState> taken = waiting;
            waiting = new HashMap<>();
            dirty = false;
            return taken;
        }
    }
}

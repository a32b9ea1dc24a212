package io.delever.price.core;

import io.delever.engine.market.InstrumentId;
import java.util.Set;

/** Where halts are kept for ever. Every change stays; the newest of an instrument counts. */
public interface HaltStore {
    /** The instruments whose newest change is a halt. */
    Set<InstrumentId> halted();

    /**
     * Stores a change durably before it returns; a command id that was stored before changes
     * nothing.
     *
     * @return what was stored first under the command's id
     * @throws StoreUnavailableException where it cannot be known to be durable
     */
    HaltCommand put(HaltCommand command);
}

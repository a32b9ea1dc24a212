package io.delever.price.core;

import io.delever.engine.pricing.IndexDefinition;
import java.util.List;

/** Where index definitions are kept for ever. Every version stays. */
public interface DefinitionStore {
    /** The newest version of each definition, in order of the instrument id. */
    List<IndexDefinition> newest();

    /**
     * Stores a new version durably before it returns; a command id that was stored before changes
     * nothing.
     *
     * @return the definition that was stored first under the command's id
     * @throws StoreUnavailableException where it cannot be known to be durable
     */
    StoredDefinition put(DefinitionCommand command);
}

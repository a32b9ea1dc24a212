package io.delever.price.persistence;

import io.delever.engine.pricing.IndexDefinition;
import io.delever.price.core.DefinitionCommand;
import io.delever.price.core.DefinitionStore;
import io.delever.price.core.StoredDefinition;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Index definitions in PostgreSQL: one row for each version, none is ever changed. */
@Singleton
public class PostgresDefinitionStore implements DefinitionStore {
    @Override
    public List<IndexDefinition> newest() {
        return Transactions.call(
                () ->
                        IndexDefinitionEntity.<IndexDefinitionEntity>list(
                                        "from IndexDefinitionEntity d where d.version = (select"
                                            + " max(n.version) from IndexDefinitionEntity n where"
                                            + " n.instrumentId = d.instrumentId)")
                                .stream()
                                .map(DefinitionRows::definition)
                                .sorted((a, b) -> a.instrument().compareTo(b.instrument()))
                                .toList());
    }

    @Override
    public StoredDefinition put(DefinitionCommand command) {
        return Transactions.call(() -> putOnce(command));
    }

    private static StoredDefinition putOnce(DefinitionCommand command) {
        Optional<IndexDefinitionEntity> first =
                IndexDefinitionEntity.find("commandId", command.commandId()).firstResultOptional();
        if (first.isPresent()) {
            return new StoredDefinition(DefinitionRows.definition(first.get()), true);
        }
        long versions =
                IndexDefinitionEntity.count(
                        "instrumentId", command.definition().instrument().value());
        DefinitionRows.entity(command, Math.addExact(versions, 1)).persist();
        return new StoredDefinition(command.definition(), false);
    }
}

package io.delever.price.core;

import io.delever.engine.pricing.IndexDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The store without a database; it passes the same tests as the real one. */
public final class InMemoryDefinitionStore implements DefinitionStore {
    private final Map<String, IndexDefinition> byCommand = new LinkedHashMap<>();
    private Optional<Boolean> failure = Optional.empty();

    /** Lets the next put fail, after the definition became durable or before. */
    synchronized void failNext(boolean durable) {
        failure = Optional.of(durable);
    }

    @Override
    public synchronized List<IndexDefinition> newest() {
        Map<String, IndexDefinition> newest = new TreeMap<>();
        for (IndexDefinition definition : byCommand.values()) {
            newest.put(definition.instrument().value(), definition);
        }
        return List.copyOf(newest.values());
    }

    @Override
    public synchronized StoredDefinition put(DefinitionCommand command) {
        Optional<Boolean> failing = failure;
        failure = Optional.empty();
        if (failing.isPresent() && !failing.get()) {
            throw new StoreUnavailableException("gone before", new IllegalStateException());
        }
        Optional<IndexDefinition> first =
                Optional.ofNullable(
                        byCommand.putIfAbsent(command.commandId(), command.definition()));
        if (failing.isPresent()) {
            throw new StoreUnavailableException("gone after", new IllegalStateException());
        }
        return new StoredDefinition(first.orElse(command.definition()), first.isPresent());
    }
}

package io.delever.price.core;

import io.delever.engine.pricing.IndexDefinition;

/**
 * Somebody wants an instrument listed or its definition replaced.
 *
 * @param commandId chosen by the sender; names this wish for ever
 * @param definition the definition
 * @param receivedAtNanos when it was received
 */
public record DefinitionCommand(
        String commandId, IndexDefinition definition, long receivedAtNanos) {}

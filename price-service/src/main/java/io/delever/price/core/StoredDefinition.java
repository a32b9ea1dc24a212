package io.delever.price.core;

import io.delever.engine.pricing.IndexDefinition;

/**
 * What stands under a command id.
 *
 * @param definition the definition that was stored first under it
 * @param repeated whether it stood there before this command
 */
public record StoredDefinition(IndexDefinition definition, boolean repeated) {}

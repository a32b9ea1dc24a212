package io.delever.price.core;

/**
 * Where things stay when the service stops.
 *
 * @param definitions index definitions
 * @param candles candles
 */
public record Stores(DefinitionStore definitions, CandleStore candles) {}

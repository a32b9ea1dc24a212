package io.delever.price.core;

/**
 * Where things stay when the service stops.
 *
 * @param definitions index definitions
 * @param halts halts of operators
 * @param candles candles
 */
public record Stores(DefinitionStore definitions, HaltStore halts, CandleStore candles) {}

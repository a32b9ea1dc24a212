package io.delever.liquidation.core;

import io.delever.engine.liquidation.LiquidationCase;

/**
 * A case and how many of its events are persisted.
 *
 * @param eventCount ≥ 1
 */
public record StoredCase(LiquidationCase value, int eventCount) {}

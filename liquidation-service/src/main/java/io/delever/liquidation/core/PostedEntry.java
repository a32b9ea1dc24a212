package io.delever.liquidation.core;

import io.delever.engine.liquidation.LedgerEntry;

/**
 * An entry at its place in the ledger.
 *
 * @param sequence from 1, without gaps
 */
public record PostedEntry(long sequence, LedgerEntry entry) {}

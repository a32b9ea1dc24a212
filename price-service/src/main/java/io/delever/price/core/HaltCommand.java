package io.delever.price.core;

import io.delever.engine.market.InstrumentId;

/**
 * An operator halts an instrument or resumes it.
 *
 * @param commandId chosen by the sender; names this wish for ever
 * @param instrument the instrument
 * @param halted true for a halt, false for its end
 * @param reason why, for the record
 * @param receivedAtNanos when it was received
 */
public record HaltCommand(
        String commandId,
        InstrumentId instrument,
        boolean halted,
        String reason,
        long receivedAtNanos) {}

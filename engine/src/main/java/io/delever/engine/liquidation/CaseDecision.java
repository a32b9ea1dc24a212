package io.delever.engine.liquidation;

import java.util.List;
import java.util.Optional;

/**
 * What follows from an input.
 *
 * @param events to be persisted and applied first, in this order; may be empty
 * @param action to be carried out afterwards; absent when the case is closed
 */
public record CaseDecision(List<CaseEvent> events, Optional<CaseAction> action) {
    /** Copies the list. */
    public CaseDecision {
        events = List.copyOf(events);
    }
}

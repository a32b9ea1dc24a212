package io.delever.simulation.venue;

import java.util.List;

/**
 * An order with its outcome. Nothing of it rests in the book.
 *
 * @param request what was asked
 * @param status how it ended
 * @param fills in the order of execution
 * @param rejectReason why it was not taken; empty otherwise
 * @param eventTimeNanos when it was answered first
 */
public record VenueOrder(
        OrderRequest request,
        Status status,
        List<VenueFill> fills,
        String rejectReason,
        long eventTimeNanos) {
    /** Copies the list. */
    public VenueOrder {
        fills = List.copyOf(fills);
    }

    /** How an order ended. */
    public enum Status {
        /** In full. */
        FILLED,
        /** In part or not at all; the rest was cancelled. */
        EXPIRED,
        /** Not taken. */
        REJECTED
    }

    /** |size| filled × 10⁸. */
    public long filledE8() {
        return fills.stream().mapToLong(fill -> fill.size().abs().e8()).sum();
    }
}

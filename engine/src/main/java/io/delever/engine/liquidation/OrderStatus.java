package io.delever.engine.liquidation;

/** How an immediate-or-cancel order ended at the venue. */
public enum OrderStatus {
    /** Filled in full. */
    FILLED,
    /** Filled in part or not at all; the rest was cancelled. */
    EXPIRED,
    /** Not taken. */
    REJECTED
}

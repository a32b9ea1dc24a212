package io.delever.engine.margin;

/** The house account on the other side of a change of balance. */
public enum Counterparty {
    /** Outside: deposits and withdrawals. */
    EXTERNAL,
    /** Trades whose other side has not arrived, and transfers on their way. */
    CLEARING,
    /** Trading fees of the venue. */
    VENUE_FEES,
    /** The insurance fund. */
    INSURANCE_FUND
}

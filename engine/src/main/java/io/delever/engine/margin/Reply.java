package io.delever.engine.margin;

/** The one answer a command ever gets. */
public sealed interface Reply {
    /** Place of the command in the ledger, from 1 without gaps; a refused command has one too. */
    long sequence();

    /** It took effect. */
    record Accepted(long sequence) implements Reply {}

    /**
     * It had no effect.
     *
     * @param detail what, which id, actual value, limit
     */
    record Rejected(long sequence, RejectionReason reason, String detail) implements Reply {}
}

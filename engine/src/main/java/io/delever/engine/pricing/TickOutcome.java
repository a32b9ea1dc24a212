package io.delever.engine.pricing;

/** The answer to one tick. */
public sealed interface TickOutcome {
    /** The tick was taken. */
    record Accepted() implements TickOutcome {
        static final Accepted TAKEN = new Accepted();
    }

    /**
     * The tick changed nothing.
     *
     * @param reason the stable reason
     * @param detail what, which id, actual value, limit
     */
    record Rejected(TickRejectionReason reason, String detail) implements TickOutcome {}
}

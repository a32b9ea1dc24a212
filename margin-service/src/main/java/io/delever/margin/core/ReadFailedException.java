package io.delever.margin.core;

/** A read that could not be answered; nothing changed and it may be repeated. */
public final class ReadFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final NotTakenReason reason;

    /** Says what stood in the way. */
    public ReadFailedException(NotTakenReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** What stood in the way. */
    public NotTakenReason reason() {
        return reason;
    }
}

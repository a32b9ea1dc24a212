package io.delever.margin.core;

/** Why a command was not taken; nothing was written, and it may be sent again with the same id. */
public enum NotTakenReason {
    /** Too much waits already. */
    OVERLOADED,
    /** The journal cannot be written, or the service is not ready. */
    JOURNAL_UNAVAILABLE
}

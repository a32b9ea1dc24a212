package io.delever.margin.core;

/** The journal cannot be reached or did not answer; whether a write took effect is not known. */
public final class JournalUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what was tried and why it failed. */
    public JournalUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Says what was tried and why it failed. */
    public JournalUnavailableException(String message) {
        super(message);
    }
}

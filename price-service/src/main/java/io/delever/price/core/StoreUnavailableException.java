package io.delever.price.core;

/** The database does not answer. */
public final class StoreUnavailableException extends RuntimeException {
    /** Keeps the cause for the log; clients do not see it. */
    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}

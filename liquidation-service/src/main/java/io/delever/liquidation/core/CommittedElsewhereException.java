package io.delever.liquidation.core;

/**
 * The store holds something else at the place of a commit: an earlier attempt took effect, or
 * somebody else writes here.
 */
public final class CommittedElsewhereException extends RuntimeException {
    /** Says at which place. */
    public CommittedElsewhereException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Says at which place. */
    public CommittedElsewhereException(String message) {
        super(message);
    }
}

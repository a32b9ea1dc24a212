package io.delever.margin.core;

/**
 * The journal that was read is not what was written: a gap, a broken chain, or bytes that do not
 * parse. JRNL-005.
 */
public final class JournalCorruptException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says which shard and sequence, and what is wrong there. */
    public JournalCorruptException(String message) {
        super(message);
    }

    /** Says which shard and sequence, and what is wrong there. */
    public JournalCorruptException(String message, Throwable cause) {
        super(message, cause);
    }
}

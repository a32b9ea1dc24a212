package io.delever.margin.core;

/** Another process writes this shard: this one must stop and may never write again. JRNL-008. */
public final class JournalFencedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says which shard, and what was found where. */
    public JournalFencedException(String message) {
        super(message);
    }
}

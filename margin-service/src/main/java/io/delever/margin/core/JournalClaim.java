package io.delever.margin.core;

/** The answer to a process that wants to be the only writer of the journal. */
public sealed interface JournalClaim {

    /** This process is the only writer from now on; every earlier writer is fenced. */
    record Granted() implements JournalClaim {}

    /**
     * Another process is the writer.
     *
     * @param holder who it is, for a person to read
     */
    record HeldByOther(String holder) implements JournalClaim {}
}

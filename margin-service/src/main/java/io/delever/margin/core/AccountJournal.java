package io.delever.margin.core;

import java.util.List;
import java.util.function.Consumer;

/**
 * Where what happened to accounts is kept for ever. One process writes, entry after entry, each
 * shard on its own thread.
 *
 * <p>Every method may throw {@link JournalUnavailableException}; the call may then be repeated
 * unchanged.
 */
public interface AccountJournal {

    /**
     * Tries to become the only writer of all shards. To call again while granted is allowed and
     * confirms the claim.
     *
     * @throws JournalFencedException where another process took over since the claim was granted
     */
    JournalClaim claim();

    /**
     * Hands over every entry of a shard in order of sequence, without holding them all in memory.
     *
     * @throws JournalCorruptException at a gap, a broken chain or an entry that does not parse
     */
    void replay(int shard, Consumer<JournalEntry> consumer);

    /**
     * Makes the entries durable, all or none. Returning means that they are. Repeating the last
     * call with the very same batch after {@link JournalUnavailableException} never writes an entry
     * twice. Only after a granted claim and a finished replay of the shard.
     *
     * @param batch not empty, sequences ascending without gap, the first one following the last
     *     durable one
     * @throws JournalFencedException where the claim is lost or foreign entries stand in the way
     */
    void append(int shard, List<JournalEntry> batch);

    /** Gives the claim back. */
    void release();
}

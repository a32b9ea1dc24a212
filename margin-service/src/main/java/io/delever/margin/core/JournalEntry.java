package io.delever.margin.core;

import io.delever.engine.margin.Decision;
import io.delever.engine.margin.Reply;

/**
 * One command and what it did, as it is written to the journal before the command is answered.
 *
 * @param shard whose ledger it belongs to
 * @param decision not a repeated one
 */
public record JournalEntry(int shard, Decision decision) {
    /** Refuses a repeated decision: its first one stands in the journal already. */
    public JournalEntry {
        if (decision.repeated()) {
            throw new IllegalArgumentException(
                    "command " + decision.commandId() + " stands in the journal already");
        }
    }

    /** Place in the shard's journal, from 1 without gaps. */
    public long sequence() {
        return decision.reply().sequence();
    }

    /** The command's id. */
    public String commandId() {
        return decision.commandId();
    }

    /** When it happened, since the Unix epoch. */
    public long eventTimeNanos() {
        return decision.eventTimeNanos();
    }

    /** The one answer it ever gets. */
    public Reply reply() {
        return decision.reply();
    }
}

package io.delever.margin.core;

import io.delever.engine.account.RejectionReason;
import java.time.Duration;

/** What became of a command. */
public sealed interface CommandOutcome {
    /** The command's id. */
    String commandId();

    /** It took effect and is durable, at this place of the journal. */
    record Accepted(String commandId, int shard, long sequence) implements CommandOutcome {}

    /** A rule refused it; the refusal is durable and final, at this place of the journal. */
    record Refused(
            String commandId, RejectionReason reason, String detail, int shard, long sequence)
            implements CommandOutcome {}

    /** It was not taken; it may be sent again with the same id. */
    record NotTaken(
            String commandId, NotTakenReason reason, String detail, Duration retryAfter)
            implements CommandOutcome {}

    /** What the entry says of its command. */
    static CommandOutcome of(JournalEntry entry) {
        return entry.rejection()
                .<CommandOutcome>map(
                        rejection ->
                                new Refused(
                                        entry.commandId(),
                                        rejection.reason(),
                                        rejection.detail(),
                                        entry.shard(),
                                        entry.sequence()))
                .orElseGet(
                        () -> new Accepted(entry.commandId(), entry.shard(), entry.sequence()));
    }
}

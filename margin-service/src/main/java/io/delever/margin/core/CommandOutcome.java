package io.delever.margin.core;

import io.delever.engine.margin.RejectionReason;
import io.delever.engine.margin.Reply;
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
    record NotTaken(String commandId, NotTakenReason reason, String detail, Duration retryAfter)
            implements CommandOutcome {}

    /** What a ledger's reply means to the caller, once it is durable. */
    static CommandOutcome of(String commandId, int shard, Reply reply) {
        return switch (reply) {
            case Reply.Accepted accepted -> new Accepted(commandId, shard, accepted.sequence());
            case Reply.Rejected rejected ->
                    new Refused(
                            commandId,
                            rejected.reason(),
                            rejected.detail(),
                            shard,
                            rejected.sequence());
        };
    }
}

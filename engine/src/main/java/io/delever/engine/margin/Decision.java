package io.delever.engine.margin;

import io.delever.engine.account.AccountId;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a command does, before anything changed: one entry of the journal.
 *
 * @param events in order; empty where the reply is a refusal
 * @param repeated whether the command was decided before; then there are no events and nothing is
 *     to be journaled
 */
public record Decision(
        String commandId,
        long eventTimeNanos,
        List<AccountEvent> events,
        Reply reply,
        boolean repeated) {
    /** Copies the list. */
    public Decision {
        events = List.copyOf(events);
    }

    /** The accounts whose figures change, in order. */
    public SortedSet<AccountId> touchedAccounts() {
        TreeSet<AccountId> touched = new TreeSet<>();
        for (AccountEvent event : events) {
            Optional<AccountId> account = event.touches();
            account.ifPresent(touched::add);
        }
        return touched;
    }
}

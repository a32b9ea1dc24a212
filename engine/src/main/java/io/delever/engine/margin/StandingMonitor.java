package io.delever.engine.margin;

import io.delever.engine.account.AccountId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * The standings of the accounts of one shard, and when they end by themselves (MARG-120 to
 * MARG-126). Holds those that are not healthy only. Its time is that of the one who looks, never
 * that of a command, whose sender could shorten a call.
 */
final class StandingMonitor {
    /** A time at which an account must be looked at. */
    private record Due(long nanos, AccountId account) {}

    private final StandingRules rules;
    private final Map<AccountId, StandingState> standings = new HashMap<>();
    private final TreeSet<Due> deadlines =
            new TreeSet<>(Comparator.comparingLong(Due::nanos).thenComparing(Due::account));
    private final List<StandingChange> changes = new ArrayList<>();
    private long nowNanos;

    StandingMonitor(StandingRules rules) {
        this.rules = rules;
    }

    /** Time passes and never goes back. */
    void at(long timeNanos) {
        nowNanos = Math.max(nowNanos, timeNanos);
    }

    StandingState of(AccountId account) {
        return standings.getOrDefault(account, StandingState.HEALTHY);
    }

    void look(AccountId account, AccountMargin margin) {
        StandingState before = of(account);
        StandingState now = rules.next(before, margin, nowNanos);
        if (now.equals(before)) {
            // Without a price nothing ends; it is looked at again when the price is back.
            before.deadlineNanos()
                    .ifPresent(
                            nanos -> {
                                if (before.isDue(nowNanos)) {
                                    deadlines.remove(new Due(nanos, account));
                                }
                            });
            return;
        }
        before.deadlineNanos().ifPresent(nanos -> deadlines.remove(new Due(nanos, account)));
        now.deadlineNanos().ifPresent(nanos -> deadlines.add(new Due(nanos, account)));
        if (now.standing() == Standing.HEALTHY) {
            standings.remove(account);
        } else {
            standings.put(account, now);
        }
        changes.add(new StandingChange(account, before, now, margin.figures(), nowNanos));
    }

    /** The accounts whose deadline is over, in the order of their deadlines. */
    List<AccountId> due() {
        List<AccountId> due = new ArrayList<>();
        for (Due next : deadlines) {
            if (next.nanos() > nowNanos) {
                break;
            }
            due.add(next.account());
        }
        return due;
    }

    /** The next deadline; empty where none runs. */
    OptionalLong nextDeadlineNanos() {
        return deadlines.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(deadlines.first().nanos());
    }

    /** The changes since the last call, in the order in which they were found. */
    List<StandingChange> takeChanges() {
        List<StandingChange> taken = List.copyOf(changes);
        changes.clear();
        return taken;
    }
}

package io.delever.price.core;

import io.delever.engine.market.InstrumentId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The store without a database; it passes the same tests as the real one. */
public final class InMemoryHaltStore implements HaltStore {
    private final Map<String, HaltCommand> byCommand = new LinkedHashMap<>();
    private Optional<Boolean> failure = Optional.empty();

    /** Lets the next put fail, after the change became durable or before. */
    synchronized void failNext(boolean durable) {
        failure = Optional.of(durable);
    }

    @Override
    public synchronized Set<InstrumentId> halted() {
        Set<InstrumentId> halted = new TreeSet<>();
        for (HaltCommand each : byCommand.values()) {
            if (each.halted()) {
                halted.add(each.instrument());
            } else {
                halted.remove(each.instrument());
            }
        }
        return Set.copyOf(halted);
    }

    @Override
    public synchronized HaltCommand put(HaltCommand command) {
        Optional<Boolean> failing = failure;
        failure = Optional.empty();
        if (failing.isPresent() && !failing.get()) {
            throw new StoreUnavailableException("gone before", new IllegalStateException());
        }
        Optional<HaltCommand> first =
                Optional.ofNullable(byCommand.putIfAbsent(command.commandId(), command));
        if (failing.isPresent()) {
            throw new StoreUnavailableException("gone after", new IllegalStateException());
        }
        return first.orElse(command);
    }
}

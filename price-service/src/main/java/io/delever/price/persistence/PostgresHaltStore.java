package io.delever.price.persistence;

import io.delever.engine.market.InstrumentId;
import io.delever.price.core.HaltCommand;
import io.delever.price.core.HaltStore;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Halts in PostgreSQL: one row for each change, none is ever changed. */
@Singleton
public class PostgresHaltStore implements HaltStore {
    @Override
    public Set<InstrumentId> halted() {
        return Transactions.call(
                () ->
                        InstrumentHaltEntity.<InstrumentHaltEntity>list(
                                        "from InstrumentHaltEntity h where h.halted = true and h.id"
                                                + " = (select max(n.id) from InstrumentHaltEntity n"
                                                + " where n.instrumentId = h.instrumentId)")
                                .stream()
                                .map(row -> new InstrumentId(row.instrumentId))
                                .collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public HaltCommand put(HaltCommand command) {
        return Transactions.call(() -> putOnce(command));
    }

    private static HaltCommand putOnce(HaltCommand command) {
        Optional<InstrumentHaltEntity> first =
                InstrumentHaltEntity.find("commandId", command.commandId()).firstResultOptional();
        if (first.isPresent()) {
            InstrumentHaltEntity row = first.get();
            return new HaltCommand(
                    row.commandId,
                    new InstrumentId(row.instrumentId),
                    row.halted,
                    row.reason,
                    row.receivedAtNanos);
        }
        InstrumentHaltEntity row = new InstrumentHaltEntity();
        row.commandId = command.commandId();
        row.instrumentId = command.instrument().value();
        row.halted = command.halted();
        row.reason = command.reason();
        row.receivedAtNanos = command.receivedAtNanos();
        row.persist();
        return command;
    }
}

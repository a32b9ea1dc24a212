package io.delever.engine.pricing;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The newest admitted tick of one source and the instruments that use it. */
final class SourceFeed {
    private final List<InstrumentPricing> users = new ArrayList<>();
    private Optional<Observation> newest = Optional.empty();
    private long stalenessLimitNanos;

    Optional<Observation> newest() {
        return newest;
    }

    /** The longest of the limits of the instruments that use it. */
    long stalenessLimitNanos() {
        return stalenessLimitNanos;
    }

    void take(Observation observation) {
        newest = Optional.of(observation);
        for (InstrumentPricing user : users) {
            user.markChanged();
        }
    }

    void addUser(InstrumentPricing user) {
        users.add(user);
    }

    void removeUser(InstrumentPricing user) {
        users.remove(user);
    }

    boolean isUnused() {
        return users.isEmpty();
    }

    void updateLimit(SourceId id) {
        stalenessLimitNanos = 0;
        for (InstrumentPricing user : users) {
            for (IndexSource source : user.definition().sources()) {
                if (source.id().equals(id)) {
                    stalenessLimitNanos =
                            Math.max(stalenessLimitNanos, source.stalenessLimitNanos());
                }
            }
        }
    }
}

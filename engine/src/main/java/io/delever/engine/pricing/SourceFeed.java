package io.delever.engine.pricing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The newest admitted tick of one source and the instruments that use it. */
final class SourceFeed {
    private final List<InstrumentPricing> users = new ArrayList<>();
    private Optional<Observation> newest = Optional.empty();
    private final SortedMap<Long, TrailingVolume> volumes = new TreeMap<>();
    private long stalenessLimitNanos;
    private long unchangedSinceNanos;

    Optional<Observation> newest() {
        return newest;
    }

    /** The longest of the limits of the instruments that use it. */
    long stalenessLimitNanos() {
        return stalenessLimitNanos;
    }

    /** When its price last became another one. */
    long unchangedSinceNanos() {
        return unchangedSinceNanos;
    }

    /** What was traded in a window that an instrument asked for. */
    Optional<TrailingVolume> volume(long windowNanos) {
        return Optional.ofNullable(volumes.get(windowNanos));
    }

    /**
     * Takes an admitted tick.
     *
     * @param sizeE8 traded size, 0 or more
     */
    void take(Observation observation, long sizeE8) {
        boolean same =
                newest.map(Observation::price).filter(observation.price()::equals).isPresent();
        if (!same) {
            unchangedSinceNanos = observation.timeNanos();
        }
        newest = Optional.of(observation);
        for (TrailingVolume each : volumes.values()) {
            each.add(observation.price().e8(), sizeE8, observation.timeNanos());
        }
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

    /** Takes its longest staleness limit and its windows of volume from its users. */
    void updateLimits(SourceId id) {
        stalenessLimitNanos = 0;
        Set<Long> windows = new HashSet<>();
        for (InstrumentPricing user : users) {
            user.volumeWindowNanos().ifPresent(windows::add);
            for (IndexSource source : user.definition().sources()) {
                if (source.id().equals(id)) {
                    stalenessLimitNanos =
                            Math.max(stalenessLimitNanos, source.stalenessLimitNanos());
                }
            }
        }
        volumes.keySet().retainAll(windows);
        for (long window : windows) {
            volumes.computeIfAbsent(window, TrailingVolume::new);
        }
    }
}

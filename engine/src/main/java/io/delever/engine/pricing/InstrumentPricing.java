package io.delever.engine.pricing;

import io.delever.engine.market.PriceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One instrument: its definition, the feeds of its sources and its newest price. */
final class InstrumentPricing {
    private IndexDefinition definition;
    private List<SourceFeed> feeds;
    private IndexPrice price;
    private boolean changed;
    private boolean announced;
    private long freshUntilNanos;

    InstrumentPricing(IndexDefinition definition, List<SourceFeed> feeds, long nowNanos) {
        this.definition = definition;
        this.feeds = List.copyOf(feeds);
        this.price =
                IndexCalculator.calculate(definition, newest(), new PriceState.Missing(), nowNanos);
        this.changed = true;
    }

    IndexDefinition definition() {
        return definition;
    }

    List<SourceFeed> feeds() {
        return feeds;
    }

    IndexPrice price() {
        return price;
    }

    void redefine(IndexDefinition replacement, List<SourceFeed> replacementFeeds) {
        definition = replacement;
        feeds = List.copyOf(replacementFeeds);
        changed = true;
    }

    void markChanged() {
        changed = true;
    }

    /** Whether the price may differ at {@code nowNanos} from the one that stands. */
    boolean isDue(long nowNanos) {
        return changed || nowNanos > freshUntilNanos;
    }

    /** Computes the price anew; true the first time and where it differs by more than its time. */
    boolean recompute(long nowNanos) {
        IndexPrice before = price;
        price = IndexCalculator.calculate(definition, newest(), before.state(), nowNanos);
        changed = false;
        freshUntilNanos = nextExpiry(nowNanos);
        boolean differs = !announced || price.differsFrom(before);
        announced = true;
        return differs;
    }

    private List<Optional<Observation>> newest() {
        List<Optional<Observation>> all = new ArrayList<>(feeds.size());
        for (SourceFeed feed : feeds) {
            all.add(feed.newest());
        }
        return all;
    }

    /** Until when no source that is fresh now becomes stale. */
    private long nextExpiry(long nowNanos) {
        long earliest = Long.MAX_VALUE;
        for (int i = 0; i < feeds.size(); i++) {
            long limit = definition.sources().get(i).stalenessLimitNanos();
            Optional<Observation> seen = feeds.get(i).newest();
            if (seen.isPresent() && seen.get().isFresh(nowNanos, limit)) {
                earliest = Math.min(earliest, Math.addExact(seen.get().timeNanos(), limit));
            }
        }
        return earliest;
    }
}

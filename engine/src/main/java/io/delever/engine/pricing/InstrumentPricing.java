package io.delever.engine.pricing;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.PriceState;
import io.delever.engine.money.Price;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One instrument: its definition, the feeds of its sources and its newest price. */
final class InstrumentPricing {
    private IndexDefinition definition;

    /** Whether a source of it is converted; asked at every tick. */
    private boolean converts;

    private List<SourceFeed> feeds;
    private List<FrozenWatch> watches;
    private List<Optional<Price>> rates = List.of();
    private Optional<PerpetualPricing> perpetual = Optional.empty();
    private final PriceGuard guard;
    private IndexPrice price;
    private boolean changed;
    private boolean announced;
    private long unchangedUntilNanos;

    InstrumentPricing(IndexDefinition definition, List<SourceFeed> feeds, long nowNanos) {
        this.definition = definition;
        this.converts = definition.converts();
        this.feeds = List.copyOf(feeds);
        this.watches = newWatches(feeds.size());
        this.guard = new PriceGuard(definition.instrument());
        this.price =
                IndexCalculator.of(
                        definition, views(List.of(), nowNanos), new PriceState.Missing(), nowNanos);
        this.changed = true;
    }

    private static List<FrozenWatch> newWatches(int count) {
        List<FrozenWatch> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            all.add(new FrozenWatch());
        }
        return List.copyOf(all);
    }

    IndexDefinition definition() {
        return definition;
    }

    boolean converts() {
        return converts;
    }

    List<SourceFeed> feeds() {
        return feeds;
    }

    IndexPrice price() {
        return price;
    }

    Optional<PerpetualPricing> perpetual() {
        return perpetual;
    }

    PriceGuard guard() {
        return guard;
    }

    void makePerpetual(PerpetualPricing pricing) {
        perpetual = Optional.of(pricing);
        changed = true;
    }

    /** The window of its weights, where they follow volume. */
    Optional<Long> volumeWindowNanos() {
        return switch (definition.method().weights()) {
            case IndexWeights.Fixed _ -> Optional.empty();
            case IndexWeights.TrailingVolume(long windowNanos) -> Optional.of(windowNanos);
        };
    }

    void redefine(IndexDefinition replacement, List<SourceFeed> replacementFeeds) {
        definition = replacement;
        converts = replacement.converts();
        feeds = List.copyOf(replacementFeeds);
        watches = newWatches(replacementFeeds.size());
        changed = true;
    }

    void markChanged() {
        changed = true;
    }

    /** Whether the price may differ at {@code nowNanos} from the one that stands. */
    boolean isDue(long nowNanos, Function<InstrumentId, Optional<Price>> rateOf) {
        return changed
                || nowNanos > unchangedUntilNanos
                || (converts && !rates(rateOf).equals(rates));
    }

    /** Computes the price anew; true the first time and where it differs by more than its time. */
    boolean recompute(long nowNanos, Function<InstrumentId, Optional<Price>> rateOf) {
        IndexPrice before = price;
        rates = rates(rateOf);
        List<SourceView> views = views(rates, nowNanos);
        if (definition.method().frozen().isPresent()) {
            look(definition.method().frozen().get(), views, nowNanos);
            views = views(rates, nowNanos);
        }
        IndexPrice index = IndexCalculator.of(definition, views, before.state(), nowNanos);
        price = guarded(before, index, views);
        changed = false;
        unchangedUntilNanos = nextChange(nowNanos);
        boolean differs = !announced || price.differsFrom(before);
        announced = true;
        return differs;
    }

    /** Alarms and breaker look at what the sources give; a hold keeps it from being acted on. */
    private IndexPrice guarded(IndexPrice before, IndexPrice index, List<SourceView> views) {
        long nowNanos = index.computedAtNanos();
        guard.compare(before, index, source -> away(source, index, views));
        guard.look(index.state(), nowNanos);
        Optional<Hold> hold = guard.hold(nowNanos);
        if (hold.isPresent()) {
            return index.with(IndexCalculator.unusable(before.state()), hold);
        }
        PriceState marked =
                perpetual.map(each -> each.marked(index.state(), nowNanos)).orElse(index.state());
        guard.compare(marked, perpetual.flatMap(PerpetualPricing::mark), nowNanos);
        return index.with(marked, hold);
    }

    /** The evidence against a source: what it says and what the others say. */
    private Optional<PriceAlarm.SourceAway> away(
            SourceId id, IndexPrice index, List<SourceView> views) {
        long nowNanos = index.computedAtNanos();
        for (int i = 0; i < views.size(); i++) {
            IndexSource source = definition.sources().get(i);
            Optional<Price> said = IndexCalculator.convertedPrice(source, views.get(i), nowNanos);
            if (source.id().equals(id) && said.isPresent()) {
                return Optional.of(
                        new PriceAlarm.SourceAway(
                                definition.instrument(),
                                nowNanos,
                                id,
                                index.exclusions().stream()
                                        .filter(each -> each.source().equals(id))
                                        .findFirst()
                                        .orElseThrow()
                                        .reason(),
                                said.get(),
                                medianWithout(i, views, nowNanos)));
            }
        }
        return Optional.empty();
    }

    private List<Optional<Price>> rates(Function<InstrumentId, Optional<Price>> rateOf) {
        if (!converts) {
            return List.of();
        }
        return definition.sources().stream()
                .map(source -> source.conversion().map(QuoteConversion::rate).flatMap(rateOf))
                .toList();
    }

    private List<SourceView> views(List<Optional<Price>> known, long nowNanos) {
        List<SourceView> all = new ArrayList<>(feeds.size());
        Optional<Long> window = volumeWindowNanos();
        Optional<FrozenLimit> frozen = definition.method().frozen();
        for (int i = 0; i < feeds.size(); i++) {
            SourceFeed feed = feeds.get(i);
            FrozenWatch watch = watches.get(i);
            all.add(
                    new SourceView(
                            feed.newest(),
                            frozen.map(limit -> watch.isFrozen(nowNanos, limit)).orElse(false),
                            window.flatMap(feed::volume)
                                    .map(volume -> volume.volume(nowNanos))
                                    .orElse(0L),
                            known.isEmpty() ? Optional.empty() : known.get(i)));
        }
        return all;
    }

    /** Each source is compared with the median of the others that are usable and not frozen. */
    private void look(FrozenLimit limit, List<SourceView> views, long nowNanos) {
        for (int i = 0; i < feeds.size(); i++) {
            if (views.get(i).newest().isPresent()) {
                watches.get(i)
                        .look(
                                feeds.get(i).unchangedSinceNanos(),
                                medianWithout(i, views, nowNanos),
                                limit);
            }
        }
    }

    private Optional<Price> medianWithout(int source, List<SourceView> views, long nowNanos) {
        List<Price> others = new ArrayList<>(views.size());
        for (int i = 0; i < views.size(); i++) {
            IndexSource each = definition.sources().get(i);
            if (i != source && !each.own() && !views.get(i).frozen()) {
                IndexCalculator.convertedPrice(each, views.get(i), nowNanos).ifPresent(others::add);
            }
        }
        return others.size() < 2 ? Optional.empty() : PriceAverages.median(others);
    }

    /** Until when time alone changes nothing. */
    private long nextChange(long nowNanos) {
        long earliest =
                perpetual.map(each -> each.unchangedUntilNanos(nowNanos)).orElse(Long.MAX_VALUE);
        earliest = Math.min(earliest, guard.resumesAtNanos(nowNanos).orElse(Long.MAX_VALUE) - 1);
        Optional<Long> window = volumeWindowNanos();
        for (int i = 0; i < feeds.size(); i++) {
            SourceFeed feed = feeds.get(i);
            long limit = definition.sources().get(i).stalenessLimitNanos();
            Optional<Observation> seen = feed.newest();
            if (seen.isPresent() && seen.get().isFresh(nowNanos, limit)) {
                earliest = Math.min(earliest, Math.addExact(seen.get().timeNanos(), limit));
            }
            FrozenWatch watch = watches.get(i);
            earliest =
                    Math.min(
                            earliest,
                            definition
                                    .method()
                                    .frozen()
                                    .map(frozen -> watch.undecidedUntilNanos(nowNanos, frozen))
                                    .orElse(Long.MAX_VALUE));
            earliest =
                    Math.min(
                            earliest,
                            window.flatMap(feed::volume)
                                    .map(volume -> volume.unchangedUntilNanos(nowNanos))
                                    .orElse(Long.MAX_VALUE));
        }
        return earliest;
    }
}

package io.delever.engine.pricing;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Price;
import io.delever.engine.pricing.TickOutcome.Accepted;
import io.delever.engine.pricing.TickOutcome.Rejected;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All prices of one venue: takes definitions and ticks, and says what changed when time moves on.
 *
 * <p>{@link #decide} only reads; {@link #apply(IndexDefinition)} and {@link #apply(Tick)} change
 * state. Prices change in {@link #advance} only, so that any number of ticks between two calls give
 * one price. Not thread-safe: one writer owns it.
 */
public final class PriceEngine {
    private final PricingLimits limits;
    private final SortedMap<InstrumentId, InstrumentPricing> instruments = new TreeMap<>();
    private final Map<String, Map<String, SourceFeed>> feeds = new HashMap<>();
    private long latestNanos;

    /** Without instruments; its time starts at the Unix epoch. */
    public PriceEngine(PricingLimits limits) {
        this.limits = limits;
    }

    /**
     * Lists an instrument or replaces its definition (PRIC-002). A source that another definition
     * already uses, or that stays, keeps its newest tick.
     */
    public void apply(IndexDefinition definition) {
        List<SourceFeed> wanted = new ArrayList<>(definition.sources().size());
        for (IndexSource source : definition.sources()) {
            wanted.add(feedOf(source.id()));
        }
        Optional<InstrumentPricing> known =
                Optional.ofNullable(instruments.get(definition.instrument()));
        if (known.isPresent()) {
            redefine(known.get(), definition, wanted);
        } else {
            InstrumentPricing listed = new InstrumentPricing(definition, wanted, latestNanos);
            instruments.put(definition.instrument(), listed);
            link(listed, definition);
        }
    }

    /**
     * Makes a listed instrument a perpetual, or replaces how it is marked and pays funding: its
     * samples start anew (MARK-008).
     *
     * @throws IllegalArgumentException where the instrument is not listed
     */
    public void apply(PerpetualDefinition definition) {
        listed(definition.instrument())
                .makePerpetual(new PerpetualPricing(definition, latestNanos));
    }

    private InstrumentPricing listed(InstrumentId instrument) {
        return Optional.ofNullable(instruments.get(instrument))
                .orElseThrow(
                        () -> new IllegalArgumentException("not listed: " + instrument.value()));
    }

    /**
     * Takes the venue's own book of a perpetual (MARK-002).
     *
     * @return whether it was taken: not where the instrument is no perpetual, the book is older
     *     than the one that stands or later than now by more than the admitted skew
     */
    public boolean onBook(InstrumentId instrument, OwnBook book, long nowNanos) {
        latestNanos = Math.max(nowNanos, latestNanos);
        Optional<InstrumentPricing> pricing = Optional.ofNullable(instruments.get(instrument));
        boolean taken =
                book.timeNanos() <= Math.addExact(latestNanos, limits.futureSkewNanos())
                        && pricing.flatMap(InstrumentPricing::perpetual)
                                .map(perpetual -> perpetual.take(book))
                                .orElse(false);
        if (taken) {
            pricing.ifPresent(InstrumentPricing::markChanged);
        }
        return taken;
    }

    /**
     * Gives a listed instrument a breaker, or another one with an empty window (GARD-010).
     *
     * @throws IllegalArgumentException where the instrument is not listed
     */
    public void apply(InstrumentId instrument, BreakerDefinition definition) {
        listed(instrument).guard().breakAt(definition);
    }

    /**
     * Keeps the price of a listed instrument from being acted on until it is resumed (GARD-012).
     *
     * @return whether it was not halted before
     * @throws IllegalArgumentException where the instrument is not listed
     */
    public boolean halt(InstrumentId instrument) {
        return halt(instrument, true);
    }

    /**
     * Ends a halt (GARD-012).
     *
     * @return whether it was halted before
     * @throws IllegalArgumentException where the instrument is not listed
     */
    public boolean resume(InstrumentId instrument) {
        return halt(instrument, false);
    }

    private boolean halt(InstrumentId instrument, boolean value) {
        InstrumentPricing pricing = listed(instrument);
        boolean changes = pricing.guard().halt(value);
        if (changes) {
            pricing.markChanged();
        }
        return changes;
    }

    /** The alarms since the last call, in order of the instrument id, then of time (GARD-020). */
    public List<PriceAlarm> drainAlarms() {
        return instruments.values().stream()
                .flatMap(each -> each.guard().drain().stream())
                .toList();
    }

    /** The funding that became due since the last call, in order of the instrument id. */
    public List<FundingSettled> drainFunding() {
        return instruments.values().stream()
                .flatMap(each -> each.perpetual().stream())
                .flatMap(perpetual -> perpetual.drainSettled().stream())
                .toList();
    }

    /** What the mark of a perpetual was made of; empty while it has none. */
    public Optional<MarkPrice> mark(InstrumentId instrument) {
        return perpetual(instrument).flatMap(PerpetualPricing::mark);
    }

    /** The funding of a perpetual; empty where it pays none. */
    public Optional<FundingView> funding(InstrumentId instrument) {
        return perpetual(instrument).flatMap(PerpetualPricing::funding);
    }

    /** How a listed instrument is a perpetual; empty where it is none. */
    public Optional<PerpetualDefinition> perpetualDefinition(InstrumentId instrument) {
        return perpetual(instrument).map(PerpetualPricing::definition);
    }

    private Optional<PerpetualPricing> perpetual(InstrumentId instrument) {
        return Optional.ofNullable(instruments.get(instrument))
                .flatMap(InstrumentPricing::perpetual);
    }

    private void redefine(
            InstrumentPricing known, IndexDefinition definition, List<SourceFeed> wanted) {
        IndexDefinition replaced = known.definition();
        for (SourceFeed feed : known.feeds()) {
            feed.removeUser(known);
        }
        known.redefine(definition, wanted);
        link(known, definition);
        forgetUnused(replaced);
    }

    /**
     * Whether a tick would be taken at {@code nowNanos}, and why not. Checks stand in this order:
     * source, price, size, greatest price, future, age, order, jump (PRIC-010 to PRIC-017).
     *
     * @param nowNanos since the Unix epoch; a time before the latest one seen counts as the latest
     */
    public TickOutcome decide(Tick tick, long nowNanos) {
        long now = Math.max(nowNanos, latestNanos);
        Optional<SourceFeed> feed = find(tick.venue(), tick.market());
        if (feed.isEmpty()) {
            return rejected(
                    TickRejectionReason.UNKNOWN_SOURCE,
                    tick,
                    "no listed instrument has this source");
        }
        if (tick.priceE8() <= 0) {
            return rejected(
                    TickRejectionReason.NON_POSITIVE_PRICE,
                    tick,
                    "price_e8 " + tick.priceE8() + ", limit above 0");
        }
        if (tick.sizeE8() < 0) {
            return rejected(
                    TickRejectionReason.NEGATIVE_SIZE,
                    tick,
                    "size_e8 " + tick.sizeE8() + ", limit 0");
        }
        if (tick.priceE8() > limits.greatestPrice().e8()) {
            return rejected(
                    TickRejectionReason.ABSURD_PRICE,
                    tick,
                    "price_e8 " + tick.priceE8() + ", limit " + limits.greatestPrice().e8());
        }
        return decideTime(tick, feed.get(), now);
    }

    private TickOutcome decideTime(Tick tick, SourceFeed feed, long now) {
        long time = tick.eventTimeNanos();
        long latest = Math.addExact(now, limits.futureSkewNanos());
        if (time > latest) {
            return rejected(
                    TickRejectionReason.TIME_IN_FUTURE,
                    tick,
                    "event_time_nanos " + time + ", limit " + latest);
        }
        long earliest = Math.subtractExact(now, feed.stalenessLimitNanos());
        if (time < earliest) {
            return rejected(
                    TickRejectionReason.TIME_TOO_OLD,
                    tick,
                    "event_time_nanos " + time + ", limit " + earliest);
        }
        Optional<Observation> newest = feed.newest();
        if (newest.isPresent() && time < newest.get().timeNanos()) {
            return rejected(
                    TickRejectionReason.OUT_OF_ORDER,
                    tick,
                    "event_time_nanos " + time + ", newest taken " + newest.get().timeNanos());
        }
        return decideJump(tick, feed, now);
    }

    private TickOutcome decideJump(Tick tick, SourceFeed feed, long now) {
        Optional<Price> last =
                feed.newest()
                        .filter(seen -> seen.isFresh(now, feed.stalenessLimitNanos()))
                        .map(Observation::price);
        if (last.isPresent() && isJump(tick.priceE8(), last.get().e8())) {
            return rejected(
                    TickRejectionReason.ABSURD_PRICE,
                    tick,
                    "price_e8 %d is more than %d times away from this source's fresh price_e8 %d"
                            .formatted(tick.priceE8(), limits.jumpFactor(), last.get().e8()));
        }
        return Accepted.TAKEN;
    }

    private boolean isJump(long priceE8, long lastE8) {
        return FixedPoint.compareProducts(priceE8, 1, lastE8, limits.jumpFactor()) > 0
                || FixedPoint.compareProducts(lastE8, 1, priceE8, limits.jumpFactor()) > 0;
    }

    /** Takes a tick that {@link #decide} accepted. */
    public void apply(Tick tick) {
        find(tick.venue(), tick.market())
                .orElseThrow(() -> new IllegalStateException("applied without a decision: " + tick))
                .take(
                        new Observation(new Price(tick.priceE8()), tick.eventTimeNanos()),
                        tick.sizeE8());
    }

    /** Decides a tick and takes it where it is accepted. */
    public TickOutcome onTick(Tick tick, long nowNanos) {
        latestNanos = Math.max(nowNanos, latestNanos);
        TickOutcome outcome = decide(tick, nowNanos);
        switch (outcome) {
            case Accepted accepted -> apply(tick);
            case Rejected rejected -> {}
        }
        return outcome;
    }

    /**
     * Moves time on and computes anew what ticks, definitions or age have changed.
     *
     * @return the prices that differ by more than their time of computation, and those of
     *     instruments listed since, in order of the instrument id
     */
    public List<IndexPrice> advance(long nowNanos) {
        latestNanos = Math.max(nowNanos, latestNanos);
        SortedMap<InstrumentId, IndexPrice> differing = new TreeMap<>();
        // Rates first: an index that converts takes those of this instant.
        for (boolean converting : new boolean[] {false, true}) {
            for (InstrumentPricing each : instruments.values()) {
                if (each.converts() == converting
                        && each.isDue(latestNanos, this::rate)
                        && each.recompute(latestNanos, this::rate)) {
                    differing.put(each.definition().instrument(), each.price());
                }
            }
        }
        return List.copyOf(differing.values());
    }

    /** The index by which others convert; one that converts itself is no rate (PRIC-074). */
    private Optional<Price> rate(InstrumentId instrument) {
        return Optional.ofNullable(instruments.get(instrument))
                .filter(each -> !each.converts())
                .flatMap(each -> each.price().state().usableIndex());
    }

    /** The price as of the last {@link #advance}; empty where the instrument is not listed. */
    public Optional<IndexPrice> price(InstrumentId instrument) {
        return Optional.ofNullable(instruments.get(instrument)).map(InstrumentPricing::price);
    }

    /** All definitions in order of the instrument id. */
    public List<IndexDefinition> definitions() {
        return instruments.values().stream().map(InstrumentPricing::definition).toList();
    }

    private SourceFeed feedOf(SourceId id) {
        return marketsOf(id).computeIfAbsent(id.market(), market -> new SourceFeed());
    }

    private Map<String, SourceFeed> marketsOf(SourceId id) {
        return feeds.computeIfAbsent(id.venue().value(), venue -> new HashMap<>());
    }

    private Optional<SourceFeed> find(String venue, String market) {
        return Optional.ofNullable(feeds.get(venue)).map(markets -> markets.get(market));
    }

    private void link(InstrumentPricing user, IndexDefinition definition) {
        for (IndexSource source : definition.sources()) {
            SourceFeed feed = feedOf(source.id());
            feed.addUser(user);
            feed.updateLimits(source.id());
        }
    }

    private void forgetUnused(IndexDefinition replaced) {
        for (IndexSource source : replaced.sources()) {
            SourceFeed feed = feedOf(source.id());
            feed.updateLimits(source.id());
            if (feed.isUnused()) {
                marketsOf(source.id()).remove(source.id().market());
            }
        }
    }

    private static Rejected rejected(TickRejectionReason reason, Tick tick, String why) {
        return new Rejected(
                reason,
                "tick of venue '%s' market '%s': %s"
                        .formatted(Shown.of(tick.venue()), Shown.of(tick.market()), why));
    }
}

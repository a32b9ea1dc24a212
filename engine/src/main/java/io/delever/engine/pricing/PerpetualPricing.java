package io.delever.engine.pricing;

import io.delever.engine.market.PriceState;
import io.delever.engine.market.PriceState.Degraded;
import io.delever.engine.market.PriceState.Fresh;
import io.delever.engine.market.PriceState.Missing;
import io.delever.engine.market.PriceState.Stale;
import io.delever.engine.money.Price;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The mark and the funding of one perpetual: its book, its basis and its clock. */
final class PerpetualPricing {
    private final PerpetualDefinition definition;
    private final Optional<FundingClock> clock;
    private Optional<OwnBook> book = Optional.empty();
    private Optional<MarkPrice> mark = Optional.empty();
    private final List<FundingSettled> settled = new ArrayList<>();
    private Optional<Long> basisE8 = Optional.empty();
    private long sampledStep;
    private long basisStep;

    PerpetualPricing(PerpetualDefinition definition, long nowNanos) {
        this.definition = definition;
        this.clock =
                definition
                        .funding()
                        .map(
                                funding ->
                                        new FundingClock(
                                                definition.instrument(), funding, nowNanos));
        this.sampledStep = step(nowNanos) - 1;
    }

    PerpetualDefinition definition() {
        return definition;
    }

    /** Takes a book that is not older than the one that stands; an older one changes nothing. */
    boolean take(OwnBook newer) {
        if (book.isPresent() && newer.timeNanos() < book.get().timeNanos()) {
            return false;
        }
        book = Optional.of(newer);
        return true;
    }

    private long step(long nowNanos) {
        return Math.floorDiv(nowNanos, definition.mark().sampleNanos());
    }

    private Optional<OwnBook> freshBook(long nowNanos) {
        return book.filter(seen -> seen.isFresh(nowNanos, definition.mark().bookStalenessNanos()));
    }

    /** The same state with the mark of the perpetual; samples and settles on the way. */
    PriceState marked(PriceState state, long nowNanos) {
        return switch (state) {
            case Fresh(Price index, Price _, long time) ->
                    new Fresh(index, markOf(index, nowNanos), time);
            case Degraded(Price index, Price _, long time) ->
                    new Degraded(index, markOf(index, nowNanos), time);
            case Stale stale -> stale;
            case Missing missing -> missing;
        };
    }

    private Price markOf(Price index, long nowNanos) {
        Optional<OwnBook> fresh = freshBook(nowNanos);
        sampleBasis(index, fresh, nowNanos);
        clock.ifPresent(each -> each.sample(index, fresh, nowNanos));
        MarkPrice before = mark(index, fresh, nowNanos);
        Optional<FundingSettled> due = clock.flatMap(each -> each.settle(before.price(), nowNanos));
        due.ifPresent(settled::add);
        // Only a settlement changes what the mark is made of.
        MarkPrice after = due.isPresent() ? mark(index, fresh, nowNanos) : before;
        mark = Optional.of(after);
        return after.price();
    }

    private MarkPrice mark(Price index, Optional<OwnBook> fresh, long nowNanos) {
        return MarkRule.of(
                index,
                clock.map(each -> each.left(nowNanos)).orElse(MarkRule.FundingLeft.NONE),
                fresh.isPresent() ? basisE8 : Optional.empty(),
                fresh.map(this::contract),
                definition.mark());
    }

    private Price contract(OwnBook seen) {
        return switch (definition.mark().contract()) {
            case LAST_TRADE -> seen.lastTrade().orElseGet(seen::mid);
            case MID -> seen.mid();
        };
    }

    /** One sample a step; a basis that was not sampled for a whole window starts anew. */
    private void sampleBasis(Price index, Optional<OwnBook> fresh, long nowNanos) {
        long step = step(nowNanos);
        if (step <= sampledStep || fresh.isEmpty()) {
            return;
        }
        sampledStep = step;
        long sample = Math.subtractExact(fresh.get().mid().e8(), index.e8());
        boolean continues = step - basisStep <= definition.mark().windowSamples();
        basisE8 =
                Optional.of(
                        basisE8.filter(_ -> continues)
                                .map(
                                        average ->
                                                MarkRule.movingAverage(
                                                        average,
                                                        sample,
                                                        definition.mark().windowSamples()))
                                .orElse(sample));
        basisStep = step;
    }

    Optional<MarkPrice> mark() {
        return mark;
    }

    Optional<FundingView> funding() {
        return clock.map(
                each ->
                        new FundingView(
                                each.lastRatePpb(),
                                each.predictedRatePpb(),
                                each.premiumPpb(),
                                each.nextPaymentNanos()));
    }

    /** What became due since the last call, in order of time. */
    List<FundingSettled> drainSettled() {
        List<FundingSettled> due = List.copyOf(settled);
        settled.clear();
        return due;
    }

    /** The last instant before which time alone changes nothing. */
    long unchangedUntilNanos(long nowNanos) {
        long nextStep = Math.multiplyExact(step(nowNanos) + 1, definition.mark().sampleNanos());
        long until = nextStep - 1;
        if (freshBook(nowNanos).isPresent()) {
            long stale =
                    Math.addExact(
                            book.orElseThrow().timeNanos(), definition.mark().bookStalenessNanos());
            until = Math.min(until, stale);
        }
        return Math.min(until, clock.map(each -> each.unchangedUntilNanos(nowNanos)).orElse(until));
    }
}

package io.delever.engine.pricing;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.PriceState;
import io.delever.engine.money.Price;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** The breaker, the operator's halt and the alarms of one instrument. */
final class PriceGuard {
    /** Alarms of one instrument that wait to be read; older ones are dropped. */
    static final int MAXIMUM_ALARMS = 64;

    private final InstrumentId instrument;
    private final Deque<PriceAlarm> alarms = new ArrayDeque<>();
    private Optional<Breaker> breaker = Optional.empty();
    private boolean halted;
    private boolean atBand;

    PriceGuard(InstrumentId instrument) {
        this.instrument = instrument;
    }

    void breakAt(BreakerDefinition definition) {
        breaker = Optional.of(new Breaker(definition));
    }

    /** Whether that changed anything. */
    boolean halt(boolean value) {
        boolean changes = halted != value;
        halted = value;
        return changes;
    }

    Optional<Hold> hold(long nowNanos) {
        if (halted) {
            return Optional.of(Hold.HALTED);
        }
        return breaker.filter(each -> each.isHolding(nowNanos)).map(_ -> Hold.VOLATILE);
    }

    OptionalLong resumesAtNanos(long nowNanos) {
        return breaker.map(each -> each.resumesAtNanos(nowNanos)).orElse(OptionalLong.empty());
    }

    /** Shows the breaker a state; a halted price is not looked at. */
    void look(PriceState state, long nowNanos) {
        if (halted || breaker.isEmpty() || state.usableIndex().isEmpty()) {
            return;
        }
        Price index = state.usableIndex().get();
        breaker.get()
                .look(index, nowNanos)
                .ifPresent(
                        from ->
                                raise(
                                        new PriceAlarm.TooVolatile(
                                                instrument,
                                                nowNanos,
                                                from,
                                                index,
                                                resumesAtNanos(nowNanos).orElse(nowNanos))));
    }

    /** Raises an alarm for each source that is newly away, and none while it stays so. */
    void compare(
            IndexPrice before,
            IndexPrice after,
            Function<SourceId, Optional<PriceAlarm.SourceAway>> evidence) {
        for (SourceExclusion each : after.exclusions()) {
            if (isAway(each.reason()) && !before.exclusions().contains(each)) {
                evidence.apply(each.source()).ifPresent(this::raise);
            }
        }
    }

    /** Raises an alarm where the mark comes to its band. */
    void compare(PriceState state, Optional<MarkPrice> mark, long nowNanos) {
        boolean banded = state.isUsable() && mark.map(MarkPrice::banded).orElse(false);
        if (banded && !atBand) {
            raise(
                    new PriceAlarm.MarkAtBand(
                            instrument,
                            nowNanos,
                            state.usableIndex().orElseThrow(),
                            state.usableMark().orElseThrow()));
        }
        atBand = banded;
    }

    static boolean isAway(ExclusionReason reason) {
        return switch (reason) {
            case OUTLIER, CLAMPED, FROZEN -> true;
            case NEVER_SEEN, STALE, NO_RATE, DEPEGGED, OWN_VENUE -> false;
        };
    }

    private void raise(PriceAlarm alarm) {
        if (alarms.size() == MAXIMUM_ALARMS) {
            alarms.removeFirst();
        }
        alarms.addLast(alarm);
    }

    List<PriceAlarm> drain() {
        List<PriceAlarm> all = new ArrayList<>(alarms);
        alarms.clear();
        return all;
    }
}

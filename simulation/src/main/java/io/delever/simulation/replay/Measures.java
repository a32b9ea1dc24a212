package io.delever.simulation.replay;

import io.delever.engine.account.AccountId;
import io.delever.engine.liquidation.CaseEvent;
import io.delever.engine.liquidation.CaseFill;
import io.delever.engine.liquidation.CaseStep;
import io.delever.engine.liquidation.LiquidationCase;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.pricing.IndexPrice;
import io.delever.simulation.venue.VenueFill;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts and samples what happened, minute by minute, for summary and report. */
final class Measures {
    private static final long MINUTE = 60_000_000_000L;

    private final long fromNanos;
    private final SortedMap<InstrumentId, Lows> lows = new TreeMap<>();
    private final List<Minute> minutes = new ArrayList<>();
    private final NavigableSet<AccountId> liquidated = new TreeSet<>();
    private final SortedMap<InstrumentId, Money> closedByInstrument = new TreeMap<>();
    private Current current = new Current();
    private long nextMinute;

    /** What the minute that is running has seen. */
    private static final class Current {
        private int casesOpened;
        private Money closed = Money.ZERO;
        private final SortedMap<InstrumentId, Price> lowestIndex = new TreeMap<>();
        private final SortedMap<InstrumentId, Price> lowestFill = new TreeMap<>();
    }

    private record Lows(Price opening, Price lowest) {}

    /**
     * One minute of the run.
     *
     * @param casesOpened cases opened in it
     * @param closed notional closed at the venue in it
     * @param lowestIndex lowest index price of each instrument with a usable price
     * @param lowestFill lowest fill at the venue of each instrument with one
     * @param fundBalance at its end
     * @param scoreMicros sentiment of the market at its end
     */
    record Minute(
            int casesOpened,
            Money closed,
            SortedMap<InstrumentId, Price> lowestIndex,
            SortedMap<InstrumentId, Price> lowestFill,
            Money fundBalance,
            long scoreMicros) {}

    Measures(long fromNanos) {
        this.fromNanos = fromNanos;
        this.nextMinute = fromNanos + MINUTE;
    }

    void priced(Collection<IndexPrice> changed) {
        for (IndexPrice one : changed) {
            one.state().usableIndex().ifPresent(index -> priced(one.instrument(), index));
        }
    }

    private void priced(InstrumentId id, Price index) {
        lows.merge(
                id,
                new Lows(index, index),
                (known, fresh) -> new Lows(known.opening(), lower(known.lowest(), index)));
        current.lowestIndex.merge(id, index, Measures::lower);
    }

    void filled(VenueFill fill) {
        current.lowestFill.merge(fill.instrument(), fill.price(), Measures::lower);
    }

    void happened(LiquidationCase after, List<CaseEvent> events) {
        for (CaseEvent event : events) {
            if (event instanceof CaseEvent.Opened opened) {
                current.casesOpened++;
                liquidated.add(opened.account());
            } else if (event instanceof CaseEvent.FillBooked booked) {
                closed(after, booked);
            }
        }
    }

    private void closed(LiquidationCase after, CaseEvent.FillBooked booked) {
        if (!(after.steps().get(booked.step() - 1) instanceof CaseStep.Order order)) {
            return;
        }
        for (CaseFill fill : order.fills()) {
            if (fill.fill().fillId().equals(booked.fillId())) {
                Money notional =
                        fill.fill()
                                .price()
                                .times(
                                        fill.fill().size(),
                                        io.delever.engine.money.Rounding.HALF_EVEN);
                current.closed = current.closed.plus(notional);
                closedByInstrument.merge(order.plan().instrument(), notional, Money::plus);
            }
        }
    }

    /** Whether a minute has ended by this time; then {@link #endMinute} is due. */
    boolean isMinuteOver(long nanos) {
        return nanos >= nextMinute;
    }

    void endMinute(Money fundBalance, long scoreMicros) {
        minutes.add(
                new Minute(
                        current.casesOpened,
                        current.closed,
                        current.lowestIndex,
                        current.lowestFill,
                        fundBalance,
                        scoreMicros));
        current = new Current();
        nextMinute += MINUTE;
    }

    List<Minute> minutes() {
        return List.copyOf(minutes);
    }

    long fromNanos() {
        return fromNanos;
    }

    int liquidatedAccounts() {
        return liquidated.size();
    }

    /** First and lowest usable index price. */
    Optional<Map.Entry<Price, Price>> lows(InstrumentId id) {
        return Optional.ofNullable(lows.get(id)).map(l -> Map.entry(l.opening(), l.lowest()));
    }

    /** Instruments by notional closed by force, greatest first, ties by id. */
    List<InstrumentId> mostClosed() {
        return closedByInstrument.entrySet().stream()
                .sorted(
                        Map.Entry.<InstrumentId, Money>comparingByValue()
                                .reversed()
                                .thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Price lower(Price a, Price b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}

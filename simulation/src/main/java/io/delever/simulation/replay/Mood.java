package io.delever.simulation.replay;

import io.delever.engine.account.AccountView;
import io.delever.engine.account.Position;
import io.delever.engine.liquidation.CaseEvent;
import io.delever.engine.liquidation.CaseFill;
import io.delever.engine.liquidation.CaseStep;
import io.delever.engine.liquidation.LiquidationCase;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.PriceState;
import io.delever.engine.money.Money;
import io.delever.engine.money.Rounding;
import io.delever.engine.pricing.IndexPrice;
import io.delever.engine.sentiment.Feed;
import io.delever.engine.sentiment.Observation;
import io.delever.engine.sentiment.Score;
import io.delever.engine.sentiment.SentimentParameters;
import io.delever.engine.sentiment.SentimentState;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Feeds the sentiment rules with what the simulation sees, with the published parameters and on
 * market time.
 */
final class Mood {
    private static final int MOST_INSTRUMENTS = 1_000;

    private final SentimentState state =
            new SentimentState(SentimentParameters.published(), MOST_INSTRUMENTS);

    Mood(long startNanos) {
        for (Feed feed : Feed.values()) {
            state.accept(new Observation.FeedChanged(feed, true, startNanos));
        }
    }

    void priced(List<IndexPrice> changed, long nanos) {
        for (IndexPrice one : changed) {
            state.accept(observed(one.instrument(), one.state(), nanos));
        }
    }

    private static Observation observed(InstrumentId id, PriceState price, long nanos) {
        return price.usableIndex()
                .<Observation>map(
                        index ->
                                new Observation.PriceObserved(id, index, price.usableMark(), nanos))
                .orElseGet(() -> new Observation.PriceLost(id, nanos));
    }

    void happened(LiquidationCase after, List<CaseEvent> events) {
        for (CaseEvent event : events) {
            if (event instanceof CaseEvent.FillBooked booked
                    && after.steps().get(booked.step() - 1) instanceof CaseStep.Order order) {
                order.fills().stream()
                        .filter(fill -> fill.fill().fillId().equals(booked.fillId()))
                        .forEach(fill -> closed(order, fill, booked.timeNanos()));
            }
        }
    }

    private void closed(CaseStep.Order order, CaseFill fill, long nanos) {
        Money notional = fill.fill().price().times(fill.fill().size(), Rounding.HALF_EVEN);
        boolean wasLong = order.plan().size().isShort();
        state.accept(
                new Observation.PositionClosedByForce(
                        order.plan().instrument(), wasLong, notional, nanos));
    }

    /** Counts who is long and short, and how many accounts are at risk. */
    void counted(Collection<AccountView> accounts, int atRisk, long nanos) {
        SortedMap<InstrumentId, long[]> sides = new TreeMap<>();
        for (AccountView account : accounts) {
            for (Position position : account.positions()) {
                long[] counts = sides.computeIfAbsent(position.instrument(), id -> new long[2]);
                counts[position.size().isLong() ? 0 : 1]++;
            }
        }
        sides.forEach(
                (id, counts) ->
                        state.accept(
                                new Observation.HoldersCounted(id, counts[0], counts[1], nanos)));
        state.accept(new Observation.AccountsAtRisk(atRisk, accounts.size(), nanos));
    }

    Score score(long nanos) {
        return state.marketScore(nanos);
    }
}

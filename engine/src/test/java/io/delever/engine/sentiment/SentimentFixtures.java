package io.delever.engine.sentiment;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.sentiment.Observation.AccountsAtRisk;
import io.delever.engine.sentiment.Observation.FeedChanged;
import io.delever.engine.sentiment.Observation.HoldersCounted;
import io.delever.engine.sentiment.Observation.PositionClosedByForce;
import io.delever.engine.sentiment.Observation.PriceLost;
import io.delever.engine.sentiment.Observation.PriceObserved;
import java.util.Optional;

/** Observations written as the spec speaks of them. */
final class SentimentFixtures {
    static final long SECOND = 1_000_000_000L;
    static final long MINUTE = 60 * SECOND;
    static final long START = 1_700_000_000L * SECOND;
    static final InstrumentId BTC = new InstrumentId("BTC-PERP");
    static final InstrumentId ETH = new InstrumentId("ETH-PERP");

    private SentimentFixtures() {}

    static SentimentState state() {
        return new SentimentState(SentimentParameters.published(), 16);
    }

    static SentimentState connected() {
        SentimentState state = state();
        for (Feed feed : Feed.values()) {
            accept(state, new FeedChanged(feed, true, START));
        }
        return state;
    }

    static void accept(SentimentState state, Observation observation) {
        if (!state.accept(observation)) {
            throw new AssertionError("refused: " + observation);
        }
    }

    static PriceObserved price(InstrumentId id, String index, String mark, long timeNanos) {
        return new PriceObserved(id, Price.parse(index), Optional.of(Price.parse(mark)), timeNanos);
    }

    static PriceObserved indexOnly(InstrumentId id, long indexE8, long timeNanos) {
        return new PriceObserved(id, new Price(indexE8), Optional.empty(), timeNanos);
    }

    static PriceLost lost(InstrumentId id, long timeNanos) {
        return new PriceLost(id, timeNanos);
    }

    static HoldersCounted holders(InstrumentId id, long longs, long shorts, long timeNanos) {
        return new HoldersCounted(id, longs, shorts, timeNanos);
    }

    static PositionClosedByForce closed(
            InstrumentId id, boolean wasLong, String notional, long timeNanos) {
        return new PositionClosedByForce(id, wasLong, Money.parse(notional), timeNanos);
    }

    static AccountsAtRisk atRisk(long atRisk, long accounts, long timeNanos) {
        return new AccountsAtRisk(atRisk, accounts, timeNanos);
    }

    static Contribution contribution(Score score, Signal signal) {
        return score.contributions().stream()
                .filter(c -> c.signal() == signal)
                .findFirst()
                .orElseThrow(() -> new AssertionError(signal + " is missing in " + score));
    }

    /** Prices that alternate by {@code stepE8} around 100, one every {@code spacing}. */
    static long walk(SentimentState state, InstrumentId id, int ticks, long spacing, long stepE8) {
        long time = START;
        for (int i = 0; i < ticks; i++) {
            time += spacing;
            accept(state, indexOnly(id, 10_000_000_000L + (i % 2) * stepE8, time));
        }
        return time;
    }
}

package io.delever.engine.sentiment;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import java.util.Optional;

/** Something that was seen. Times are nanoseconds since the Unix epoch. */
public sealed interface Observation {
    /** When it was so. */
    long eventTimeNanos();

    /** A usable price; without a mark the funding signal is missing. */
    record PriceObserved(
            InstrumentId instrument, Price index, Optional<Price> mark, long eventTimeNanos)
            implements Observation {}

    /**
     * The price of the instrument became stale or is missing: nothing is put in its place
     * (SENT-005).
     */
    record PriceLost(InstrumentId instrument, long eventTimeNanos) implements Observation {}

    /** How many accounts are long and short. */
    record HoldersCounted(
            InstrumentId instrument, long longHolders, long shortHolders, long eventTimeNanos)
            implements Observation {
        /** Refuses negative counts. */
        public HoldersCounted {
            if (longHolders < 0 || shortHolders < 0) {
                throw new IllegalArgumentException(
                        "holders of "
                                + instrument.value()
                                + " must be >= 0, got "
                                + longHolders
                                + " long and "
                                + shortHolders
                                + " short");
            }
        }
    }

    /**
     * A part of a position was closed by force; {@code wasLong} is the side of the position that
     * was closed.
     */
    record PositionClosedByForce(
            InstrumentId instrument, boolean wasLong, Money notional, long eventTimeNanos)
            implements Observation {
        /** Refuses a negative notional. */
        public PositionClosedByForce {
            if (notional.signum() < 0) {
                throw new IllegalArgumentException(
                        "notional closed in "
                                + instrument.value()
                                + " must be >= 0, got "
                                + notional);
            }
        }
    }

    /** How many of all accounts are at a margin call or worse. */
    record AccountsAtRisk(long atRisk, long accounts, long eventTimeNanos) implements Observation {
        /** Refuses negative counts. */
        public AccountsAtRisk {
            if (atRisk < 0 || accounts < 0) {
                throw new IllegalArgumentException(
                        "accounts must be >= 0, got " + atRisk + " at risk of " + accounts);
            }
        }
    }

    /** A feed came up or went down. */
    record FeedChanged(Feed feed, boolean up, long eventTimeNanos) implements Observation {}
}

package io.delever.engine.pricing;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Price;
import java.util.Optional;

/** Something about a price that a person should look at, with its evidence (GARD-020). */
public sealed interface PriceAlarm {
    /** The instrument. */
    InstrumentId instrument();

    /** When it began. */
    long timeNanos();

    /**
     * One source left the others, or stands still while they move.
     *
     * @param source the source
     * @param reason OUTLIER, CLAMPED or FROZEN
     * @param price what it says, in the quote of the index
     * @param others median of the other usable sources; absent with fewer than two
     */
    record SourceAway(
            InstrumentId instrument,
            long timeNanos,
            SourceId source,
            ExclusionReason reason,
            Price price,
            Optional<Price> others)
            implements PriceAlarm {}

    /**
     * The own book pulled the mark to its band.
     *
     * @param index the index
     * @param mark the mark, at the band
     */
    record MarkAtBand(InstrumentId instrument, long timeNanos, Price index, Price mark)
            implements PriceAlarm {}

    /**
     * The index moved too far within the window of its breaker.
     *
     * @param from the price from which it moved
     * @param to the price that it moved to
     * @param resumesAtNanos when decisions may be taken on it again
     */
    record TooVolatile(
            InstrumentId instrument, long timeNanos, Price from, Price to, long resumesAtNanos)
            implements PriceAlarm {}
}

package io.delever.simulation.venue;

import io.delever.engine.market.Instrument;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rounding;
import io.delever.simulation.market.DepthProfile;
import java.util.ArrayList;
import java.util.List;

/**
 * One side of one instrument's book. Depth is an amount of notional up to each distance from the
 * reference price; what was traded is taken off its near end and comes back evenly over time. So a
 * sale moves the best price away from the reference, and a pause brings it back.
 */
final class BookSide {
    private static final long PERCENT_PPM = 10_000L;

    private final Instrument instrument;
    private final boolean bids;
    private final long depthE8;
    private final int levelsPerPercent;
    private final long refillNanos;
    private long consumedE8;
    private long consumedAtNanos;

    BookSide(Instrument instrument, boolean bids, long depthE8, BookShape shape) {
        this.instrument = instrument;
        this.bids = bids;
        this.depthE8 = depthE8;
        this.levelsPerPercent = shape.levelsPerPercent();
        this.refillNanos = shape.refillNanos();
    }

    /**
     * How every book is cut into levels and refills.
     *
     * @param levelsPerPercent price levels in each percent
     * @param refillNanos time in which an emptied side is full again
     */
    record BookShape(int levelsPerPercent, long refillNanos) {}

    /**
     * A price with what stands there.
     *
     * @param number from 1, nearest first
     * @param endE8 notional of the side up to this level, consumed or not
     * @param price its price
     * @param size what can be traded there, above 0
     */
    record Level(int number, long endE8, Price price, Quantity size) {}

    /**
     * Levels that can be traded now, best first.
     *
     * @param reference the reference price
     * @param bandsPpm cumulative depth of the five bands
     * @param nanos market time
     */
    List<Level> levels(Price reference, long[] bandsPpm, long nanos) {
        refill(bandsPpm[DepthProfile.BANDS - 1], nanos);
        List<Level> levels = new ArrayList<>();
        int count = DepthProfile.BANDS * levelsPerPercent;
        long begin = 0;
        for (int number = 1; number <= count; number++) {
            long end = cumulative(bandsPpm, number);
            long free = end - Math.max(begin, consumedE8);
            begin = end;
            if (free <= 0) {
                continue;
            }
            long price = price(reference, number);
            if (price <= 0) {
                break;
            }
            long lot = instrument.lotSize().e8();
            long size =
                    FixedPoint.mulDiv(free, FixedPoint.ONE_E8, price, Rounding.FLOOR) / lot * lot;
            if (size > 0) {
                levels.add(new Level(number, end, new Price(price), new Quantity(size)));
            }
        }
        return levels;
    }

    /**
     * Takes off what was traded at a level that {@link #levels} returned at this very moment.
     *
     * @param level where
     * @param traded how much, at most the level's size
     */
    void consume(Level level, Quantity traded) {
        long left = level.size().minus(traded).e8();
        long leftNotional =
                new Price(level.price().e8()).times(new Quantity(left), Rounding.FLOOR).e8();
        consumedE8 = left == 0 ? level.endE8() : Math.max(consumedE8, level.endE8() - leftNotional);
    }

    private void refill(long wholePpm, long nanos) {
        long passed = nanos - consumedAtNanos;
        if (passed <= 0) {
            return;
        }
        if (consumedE8 > 0) {
            long whole = FixedPoint.mulDiv(depthE8, wholePpm, FixedPoint.ONE_PPM, Rounding.FLOOR);
            long back =
                    passed >= refillNanos
                            ? whole
                            : FixedPoint.mulDiv(whole, passed, refillNanos, Rounding.FLOOR);
            consumedE8 = Math.max(0, Math.min(consumedE8, whole) - back);
        }
        consumedAtNanos = nanos;
    }

    private long cumulative(long[] bandsPpm, int number) {
        int band = (number - 1) / levelsPerPercent;
        int within = number - band * levelsPerPercent;
        long before = band == 0 ? 0 : bandsPpm[band - 1];
        long share = before + (bandsPpm[band] - before) * within / levelsPerPercent;
        return FixedPoint.mulDiv(depthE8, share, FixedPoint.ONE_PPM, Rounding.FLOOR);
    }

    /** Bids round down and asks up to the tick, so no level is nearer than it should be. */
    private long price(Price reference, int number) {
        long away = number * PERCENT_PPM / levelsPerPercent;
        long tick = instrument.tickSize().e8();
        long factor = bids ? FixedPoint.ONE_PPM - away : FixedPoint.ONE_PPM + away;
        Rounding rounding = bids ? Rounding.FLOOR : Rounding.CEILING;
        long exact = FixedPoint.mulDiv(reference.e8(), factor, FixedPoint.ONE_PPM, rounding);
        return Math.multiplyExact(FixedPoint.mulDiv(exact, 1, tick, rounding), tick);
    }
}

package io.delever.simulation.venue;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rounding;

/**
 * How far an instrument fell at the venue beyond the market it follows.
 *
 * @param opening first reference price
 * @param lowestReference lowest reference price
 * @param lowestTraded lowest price of the venue: the lowest fill, or the lowest reference where no
 *     fill was lower
 * @param greatestDisplacementPpm greatest distance of a fill from the reference price of its
 *     moment, in ppm of it
 */
public record PriceMove(
        Price opening, Price lowestReference, Price lowestTraded, long greatestDisplacementPpm) {
    /** Fall of the reference price from its opening, ppm, at least 0. */
    public long referenceFallPpm() {
        return fallPpm(lowestReference);
    }

    /** Fall of the venue's price from the opening, ppm, at least 0. */
    public long venueFallPpm() {
        return fallPpm(lowestTraded);
    }

    /** What the venue fell beyond its reference, ppm of the opening price, at least 0. */
    public long amplificationPpm() {
        return venueFallPpm() - referenceFallPpm();
    }

    private long fallPpm(Price low) {
        return FixedPoint.mulDiv(
                opening.e8() - low.e8(), FixedPoint.ONE_PPM, opening.e8(), Rounding.HALF_EVEN);
    }
}

package io.delever.engine.pricing;

import io.delever.engine.money.Rate;
import java.util.Optional;

/**
 * How the sources of an index become its price (PRIC-070 to PRIC-078).
 *
 * @param outliers what becomes of a source beyond the outlier limit
 * @param average how those that take part are averaged
 * @param weights where their weights come from
 * @param weightCap greatest share of the weight of one source, above 0 and at most 1
 * @param ownCap greatest share of the venue's own market, at most 1; 0 leaves it out
 * @param frozen when a source that keeps sending one price is left out; absent for never
 */
public record IndexMethod(
        OutlierRule outliers,
        IndexAverage average,
        IndexWeights weights,
        Rate weightCap,
        Rate ownCap,
        Optional<FrozenLimit> frozen) {
    /** The weighted median of the sources within the outlier limit, with fixed weights. */
    public static final IndexMethod STANDARD =
            new IndexMethod(
                    OutlierRule.EXCLUDE,
                    IndexAverage.WEIGHTED_MEDIAN,
                    new IndexWeights.Fixed(),
                    Rate.ONE,
                    Rate.ZERO,
                    Optional.empty());

    /** Refuses caps out of their range. */
    public IndexMethod {
        if (weightCap.ppm() < 1 || weightCap.compareTo(Rate.ONE) > 0) {
            throw new OutOfRangeException(
                    "weight_cap_ppm", "method", weightCap.ppm(), "1 to " + Rate.ONE.ppm());
        }
        if (ownCap.compareTo(Rate.ONE) > 0) {
            throw new OutOfRangeException(
                    "own_cap_ppm", "method", ownCap.ppm(), "0 to " + Rate.ONE.ppm());
        }
    }
}

package io.delever.engine.pricing;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Rate;

/**
 * How a price in another quote, such as a stablecoin, becomes one in the quote of the index
 * (PRIC-074, PRIC-075).
 *
 * @param rate the instrument whose index is the price of the source's quote
 * @param depegLimit with a rate farther than this from 1 the source is left out, above 0 and at
 *     most {@link IndexDefinition#MAXIMUM_OUTLIER_LIMIT_PPM}
 */
public record QuoteConversion(InstrumentId rate, Rate depegLimit) {
    /** Refuses a limit out of its range. */
    public QuoteConversion {
        if (depegLimit.ppm() < 1 || depegLimit.ppm() > IndexDefinition.MAXIMUM_OUTLIER_LIMIT_PPM) {
            throw new OutOfRangeException(
                    "depeg_limit_ppm",
                    rate.value(),
                    depegLimit.ppm(),
                    "1 to " + IndexDefinition.MAXIMUM_OUTLIER_LIMIT_PPM);
        }
    }
}

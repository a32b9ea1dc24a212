package io.delever.simulation.prices;

import io.delever.engine.money.Price;
import io.delever.engine.pricing.IndexPrice;
import java.util.Map;
import java.util.Optional;

/**
 * One instant of a market.
 *
 * @param timeNanos the instant, nanoseconds since the Unix epoch
 * @param fresh the newest price of each venue that is fresh
 * @param honest the median of the fresh venues without the perpetual while that is alone and
 *     without venues that are named FROZEN; absent where there is no such venue
 * @param withFrozen the same with venues that are named FROZEN
 * @param perpetualAlone whether the perpetual is fresh and farther than 5 % from every fresh spot
 *     venue, of which there is at least one
 * @param price what the engine says
 */
record Moment(
        long timeNanos,
        Map<String, Price> fresh,
        Optional<Price> honest,
        Optional<Price> withFrozen,
        boolean perpetualAlone,
        IndexPrice price) {
    /** Copies the prices. */
    Moment {
        fresh = Map.copyOf(fresh);
    }
}

package io.delever.price.feed.protocol;

import io.delever.engine.money.Quantity;
import io.delever.engine.pricing.SourceId;

/**
 * One market of a feed.
 *
 * @param symbol the venue's name of it, 1 to 64 characters of {@code A-Za-z0-9._:/-}
 * @param source the source of index definitions that its prices belong to
 * @param contractSize base units of one unit of the venue's sizes, above 0; 1 where the venue
 *     counts in base units
 */
public record FeedMarket(String symbol, SourceId source, Quantity contractSize) {
    /** Refuses a symbol that could not be written into a request as it is. */
    public FeedMarket {
        // The same form as a source's market, so that no symbol needs escaping.
        SourceId checked = new SourceId(source.venue(), symbol);
        if (contractSize.e8() <= 0) {
            throw new IllegalArgumentException(
                    "contract size of %s: %s, more than 0".formatted(checked, contractSize));
        }
    }
}

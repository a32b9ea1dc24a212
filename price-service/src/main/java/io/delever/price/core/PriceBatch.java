package io.delever.price.core;

import io.delever.engine.pricing.IndexPrice;
import java.util.List;

/**
 * What one reader gets at once.
 *
 * @param epoch names this run of the service
 * @param sequence rises from batch to batch
 * @param snapshot whether every instrument asked for is in it
 * @param prices in order of the instrument id; empty where it only says that the service lives
 */
public record PriceBatch(String epoch, long sequence, boolean snapshot, List<IndexPrice> prices) {
    /** Copies the prices. */
    public PriceBatch {
        prices = List.copyOf(prices);
    }
}

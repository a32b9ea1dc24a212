package io.delever.engine.pricing;

import io.delever.engine.money.Price;
import java.util.Optional;

/**
 * A mark and what it was made of (MARK-001).
 *
 * @param price the mark
 * @param funded the index with what funding is still to be paid
 * @param smoothed the index with the moving average of the basis; absent without a fresh book
 * @param contract the price of the own book; absent without a fresh one
 * @param banded whether the band moved it
 */
public record MarkPrice(
        Price price,
        Price funded,
        Optional<Price> smoothed,
        Optional<Price> contract,
        boolean banded) {}

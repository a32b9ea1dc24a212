package io.delever.engine.stress;

import io.delever.engine.money.Ratio;

/** Price impact in proportion to size (STRS-001; RULES §11). Exact. */
public final class LinearImpact {
    private LinearImpact() {}

    /**
     * The mean price of an execution that moves the price by α for each unit of size: price + α ×
     * size ÷ 2.
     *
     * @param price before it
     * @param size signed: + buys, − sells
     * @param alpha move for each unit, at least 0
     */
    public static Ratio executionPrice(Ratio price, Ratio size, Ratio alpha) {
        return price.plus(alpha.times(size).dividedBy(Ratio.of(2)));
    }
}

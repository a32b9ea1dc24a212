package io.delever.engine.margin;

import io.delever.engine.money.Money;
import io.delever.engine.money.Rate;

/**
 * Versioned parameters of portfolio margin, the same for every account in that mode (MARG-114,
 * MARG-115).
 *
 * @param grid scenarios, loss factors and contingencies of one risk group
 * @param basis share of the part of a group in which longs and shorts offset each other
 * @param concentrationStart gross notional of a group from which on it is concentrated, 0 or more
 * @param concentration share of the gross notional above it
 * @param degradedConfidence confidence in a price of which some sources are out, at most 100 %
 */
public record PortfolioTerms(
        ScenarioMargin.Parameters grid,
        Rate basis,
        Money concentrationStart,
        Rate concentration,
        Rate degradedConfidence) {
    /** Refuses parameters out of range with an {@link IllegalArgumentException}. */
    public PortfolioTerms {
        if (concentrationStart.isNegative()) {
            throw new IllegalArgumentException(
                    "the start of concentration must be >= 0, is " + concentrationStart);
        }
        require("basis contingency", basis);
        require("concentration contingency", concentration);
        require("confidence", degradedConfidence);
    }

    private static void require(String what, Rate rate) {
        if (rate.compareTo(Rate.ONE) > 0) {
            throw new IllegalArgumentException(what + " is at most 1, is " + rate);
        }
    }
}

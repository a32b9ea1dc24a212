package io.delever.engine.margin;

import io.delever.engine.market.InstrumentId;
import java.util.List;
import java.util.Optional;

/**
 * The answer to "how does this account stand".
 *
 * @param figures empty exactly where the state is {@link RiskState#PRICE_UNAVAILABLE}
 * @param unpriced instruments whose price is needed and not usable, in order, each once
 */
public record AccountMargin(
        RiskState state, Optional<MarginFigures> figures, List<InstrumentId> unpriced) {
    /** Copies the list. */
    public AccountMargin {
        unpriced = List.copyOf(unpriced);
        if (figures.isEmpty() != (state == RiskState.PRICE_UNAVAILABLE)) {
            throw new IllegalArgumentException("state " + state + " does not fit the figures");
        }
    }
}

package io.delever.engine.margin;

import io.delever.engine.account.AccountId;
import java.util.Optional;

/**
 * An account went from one risk state to another.
 *
 * @param figures those behind {@code current}; empty where a price is not usable
 * @param eventTimeNanos of the price batch or command that moved it
 */
public record RiskTransition(
        AccountId account,
        RiskState previous,
        RiskState current,
        Optional<MarginFigures> figures,
        long eventTimeNanos) {}

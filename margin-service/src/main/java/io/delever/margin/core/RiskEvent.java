package io.delever.margin.core;

import io.delever.engine.account.AccountId;
import io.delever.engine.margin.MarginFigures;
import io.delever.engine.margin.RiskState;
import java.util.Optional;

/**
 * An account changed its risk state.
 *
 * @param figures what decided it; empty while a price is not usable
 * @param eventTimeNanos when the shard saw what moved it
 */
public record RiskEvent(
        AccountId account,
        RiskState previous,
        RiskState current,
        Optional<MarginFigures> figures,
        long eventTimeNanos) {}

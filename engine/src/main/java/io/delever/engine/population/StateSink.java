package io.delever.engine.population;

import io.delever.engine.account.AccountView;
import io.delever.engine.margin.RiskState;

/** Takes what a sweep finds. */
@FunctionalInterface
public interface StateSink {
    /** An account and the state that the exact rules give it, never {@link RiskState#HEALTHY}. */
    void notHealthy(AccountView account, RiskState state);
}

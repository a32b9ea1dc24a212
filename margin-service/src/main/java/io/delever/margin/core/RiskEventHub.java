package io.delever.margin.core;

import io.delever.engine.account.AccountId;
import io.delever.engine.margin.RiskState;
import io.delever.engine.margin.RiskTransition;

/** The newest changes of risk states. */
public final class RiskEventHub extends EventHub<RiskTransition> {
    /**
     * An empty hub.
     *
     * @param epoch names this run; never used by an earlier one
     * @param capacity how many events a reader may fall behind before it gets a snapshot, at least
     *     1
     */
    public RiskEventHub(String epoch, int capacity) {
        super(epoch, capacity);
    }

    @Override
    AccountId accountOf(RiskTransition event) {
        return event.account();
    }

    @Override
    boolean isHealthy(RiskTransition event) {
        return event.current() == RiskState.HEALTHY;
    }
}

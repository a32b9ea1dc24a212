package io.delever.margin.core;

import io.delever.engine.account.AccountId;
import io.delever.engine.margin.Standing;
import io.delever.engine.margin.StandingChange;

/** The newest changes of standings (MARG-126). */
public final class StandingHub extends EventHub<StandingChange> {
    /**
     * An empty hub.
     *
     * @param epoch names this run; never used by an earlier one
     * @param capacity how many events a reader may fall behind before it gets a snapshot, at least
     *     1
     */
    public StandingHub(String epoch, int capacity) {
        super(epoch, capacity);
    }

    @Override
    AccountId accountOf(StandingChange event) {
        return event.account();
    }

    @Override
    boolean isHealthy(StandingChange event) {
        return event.current().standing() == Standing.HEALTHY;
    }
}

package io.delever.liquidation.core;

import io.delever.engine.liquidation.CaseEvent;
import io.delever.engine.liquidation.FundEvent;
import io.delever.engine.liquidation.LiquidationCase;
import java.util.List;

/**
 * What is persisted in one transaction.
 *
 * @param after the case after the events
 * @param eventsBefore number of its events that are persisted already
 * @param events in order
 * @param fundEvents what they mean for the insurance fund, in order
 * @param entriesBefore number of the fund's ledger entries that are persisted already
 */
public record CaseCommit(
        LiquidationCase after,
        int eventsBefore,
        List<CaseEvent> events,
        List<FundEvent> fundEvents,
        long entriesBefore) {
    /** Copies the lists. */
    public CaseCommit {
        events = List.copyOf(events);
        fundEvents = List.copyOf(fundEvents);
    }
}

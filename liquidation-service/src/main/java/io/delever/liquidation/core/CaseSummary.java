package io.delever.liquidation.core;

import io.delever.engine.account.AccountId;
import io.delever.engine.liquidation.CaseId;
import io.delever.engine.liquidation.CaseOutcome;
import io.delever.engine.liquidation.CaseState;
import io.delever.engine.liquidation.LiquidationCase;
import io.delever.engine.money.Money;
import java.util.Optional;

/**
 * A case without its steps.
 *
 * @param number place in the order of opening, from 1; 0 where it is not known
 */
public record CaseSummary(
        long number,
        CaseId id,
        AccountId account,
        CaseState state,
        Optional<CaseOutcome> outcome,
        long openedAtNanos,
        long updatedAtNanos,
        LiquidationCase.Totals totals,
        Money equityAtOpen,
        Money maintenanceMarginAtOpen) {
    /** The summary of a case. */
    public static CaseSummary of(LiquidationCase value) {
        return new CaseSummary(
                0,
                value.id(),
                value.account(),
                value.state(),
                value.outcome(),
                value.openedAtNanos(),
                value.updatedAtNanos(),
                value.totals(),
                value.equityAtOpen(),
                value.maintenanceMarginAtOpen());
    }
}

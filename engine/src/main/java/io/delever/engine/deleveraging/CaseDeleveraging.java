package io.delever.engine.deleveraging;

import io.delever.engine.liquidation.AdlTerms;
import io.delever.engine.liquidation.CaseAction;
import io.delever.engine.liquidation.CaseInput;
import io.delever.engine.market.Instrument;
import io.delever.engine.money.Quantity;
import java.util.Collection;
import java.util.List;

/** Answers a liquidation case's question whom to close against (LIQD-050, ADLQ-001). */
public final class CaseDeleveraging {
    private CaseDeleveraging() {}

    /** Plans one round with the policy and gives it the form in which a case asks. */
    public static CaseInput.AdlAnswered answer(
            CaseAction.PlanAdl question,
            AdlPolicy policy,
            AdlRequest.Limits limits,
            Collection<AdlCandidate> candidates,
            long timeNanos) {
        AdlTerms terms = question.terms();
        Quantity lot =
                question.observation()
                        .market()
                        .instrument(terms.instrument())
                        .map(Instrument::lotSize)
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                terms.instrument() + " is not listed"));
        AdlPlan plan =
                policy.plan(
                        new AdlRequest(
                                terms.instrument(),
                                terms.size(),
                                new AdlRequest.Prices(terms.price(), terms.mark()),
                                lot,
                                limits),
                        candidates);
        List<io.delever.engine.liquidation.AdlAllocation> allocations =
                plan.allocations().stream()
                        .map(
                                winner ->
                                        new io.delever.engine.liquidation.AdlAllocation(
                                                winner.account(), winner.size().abs()))
                        .toList();
        return new CaseInput.AdlAnswered(question, allocations, timeNanos);
    }
}

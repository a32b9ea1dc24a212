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

    /**
     * How a market's rounds are planned.
     *
     * @param policy of the market
     * @param limits of each round
     * @param mostWinners accounts that one round asks at most, those that the policy asks first
     *     (ADLQ-050), &gt; 0
     */
    public record Terms(AdlPolicy policy, AdlRequest.Limits limits, int mostWinners) {
        /** Refuses a number of winners below one. */
        public Terms {
            if (mostWinners < 1) {
                throw new IllegalArgumentException(
                        "a round must ask at least one account, not " + mostWinners);
            }
        }
    }

    /** Plans one round with the market's policy and gives it the form in which a case asks. */
    public static CaseInput.AdlAnswered answer(
            CaseAction.PlanAdl question,
            Terms rules,
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
        AdlRequest request =
                new AdlRequest(
                        terms.instrument(),
                        terms.size(),
                        new AdlRequest.Prices(terms.price(), terms.mark()),
                        lot,
                        rules.limits());
        AdlPlan plan =
                rules.policy()
                        .plan(
                                request,
                                AdlOrder.foremost(
                                        rules.policy(), request, candidates, rules.mostWinners()));
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

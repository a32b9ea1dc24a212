package io.delever.engine.liquidation;

import io.delever.engine.account.AccountId;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;

/**
 * What a host does next for a case. Each is answered with the {@link CaseInput} named in its text.
 */
public sealed interface CaseAction {
    /**
     * Observe the account, not before the time given; sooner where something says that waiting is
     * over (a price, a deposit, money in the fund). Answered with {@link
     * CaseInput.AccountObserved}.
     */
    record ObserveAccount(AccountId account, long notBeforeNanos, WaitReason reason)
            implements CaseAction {}

    /**
     * Look at the venue's book. Answered with {@link CaseInput.DepthObserved}.
     *
     * @param observation goes back unchanged with the answer
     */
    record ObserveDepth(InstrumentId instrument, AccountObservation observation)
            implements CaseAction {}

    /**
     * Let the fund hold the whole amount, or refuse. Answered with {@link CaseInput.FundAnswered}:
     * the amount, or 0. The host persists the reservation together with the events of the answer.
     */
    record ReserveFund(CaseId caseId, AssetId asset, Money amount) implements CaseAction {}

    /**
     * Send an immediate-or-cancel limit order; after a restart ask for it first. Answered with
     * {@link CaseInput.OrderResolved}.
     *
     * @param size signed: + buys, − sells
     */
    record SubmitOrder(
            String clientOrderId,
            AccountId account,
            InstrumentId instrument,
            Quantity size,
            Price limit)
            implements CaseAction {}

    /**
     * Tell margin-service of a fill. Answered with {@link CaseInput.CommandAnswered}.
     *
     * @param commandId repeated as it is after a crash; margin-service then gives its first answer
     * @param size signed for {@code account}: + bought, − sold
     * @param fee ≥ 0, to the insurance fund
     * @param reduceOnly true for a counterparty of ADL: refused where it would not reduce
     * @param tradeId the same on both sides
     */
    record BookFill(
            String commandId,
            AccountId account,
            InstrumentId instrument,
            Quantity size,
            Price price,
            Money fee,
            boolean reduceOnly,
            String tradeId,
            CaseId caseId)
            implements CaseAction {}

    /**
     * Ask the ADL policy whom to close against. Answered with {@link CaseInput.AdlAnswered}.
     *
     * @param account the case's account, never its own counterparty
     * @param observation goes back unchanged with the answer
     */
    record PlanAdl(AccountId account, AdlTerms terms, AccountObservation observation)
            implements CaseAction {}

    /**
     * Let the fund pay up to {@code deficit}: no more than it has above its floor and holds for
     * this case. Answered with {@link CaseInput.FundAnswered}. The host persists the payment
     * together with the events of the answer.
     *
     * @param held what the fund holds for this case in that asset; released in the same breath
     */
    record DrawFund(CaseId caseId, AssetId asset, Money deficit, Money held)
            implements CaseAction {}

    /**
     * Tell margin-service that the fund paid the account. Answered with {@link
     * CaseInput.CommandAnswered}.
     *
     * @param amount > 0
     */
    record BookSettlement(
            String commandId, AccountId account, AssetId asset, Money amount, CaseId caseId)
            implements CaseAction {}
}

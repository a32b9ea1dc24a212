package io.delever.engine.liquidation;

import io.delever.engine.money.Money;
import io.delever.engine.money.Quantity;

/** What a step under way needs next, from the persisted events alone (LIQD-030, LIQD-031). */
final class PendingAction {
    private PendingAction() {}

    /** What the step under way needs next. */
    static CaseAction of(LiquidationCase now, CaseStep step) {
        return switch (step) {
            case CaseStep.Order order -> of(now, order);
            case CaseStep.Adl adl -> of(now, adl);
            case CaseStep.Draw draw -> of(now, draw);
        };
    }

    private static CaseAction of(LiquidationCase now, CaseStep.Order order) {
        OrderPlan plan = order.plan();
        return switch (order.stage()) {
            case NEEDS_FUND ->
                    new CaseAction.ReserveFund(now.id(), plan.settlement(), plan.fundNeed());
            case TO_SUBMIT ->
                    new CaseAction.SubmitOrder(
                            CaseIds.clientOrder(now.id(), order.number()),
                            now.account(),
                            plan.instrument(),
                            plan.size(),
                            plan.limit());
            case ENDED -> {
                CaseFill fill = order.firstUnanswered().orElseThrow();
                Quantity size = fill.fill().size();
                yield new CaseAction.BookFill(
                        CaseIds.fill(now.id(), fill.fill().fillId()),
                        now.account(),
                        plan.instrument(),
                        plan.isSell() ? size.negate() : size,
                        fill.fill().price(),
                        fill.fee(),
                        false,
                        fill.fill().fillId(),
                        now.id());
            }
            case ABANDONED ->
                    throw new IllegalStateException(
                            "case " + now.id() + ": an abandoned order is still under way");
        };
    }

    private static CaseAction of(LiquidationCase now, CaseStep.Adl adl) {
        int number = openLeg(adl);
        AdlLeg leg = adl.legs().get(number);
        boolean counterparty = leg.stage() == AdlLeg.Stage.PLANNED;
        Quantity size = leg.allocation().size();
        Quantity ofAccount = adl.terms().size().isShort() ? size.negate() : size;
        return new CaseAction.BookFill(
                counterparty
                        ? CaseIds.adlCounterparty(now.id(), adl.number(), number)
                        : CaseIds.adlAccount(now.id(), adl.number(), number),
                counterparty ? leg.allocation().counterparty() : now.account(),
                adl.terms().instrument(),
                counterparty ? ofAccount.negate() : ofAccount,
                adl.price(),
                Money.ZERO,
                counterparty,
                CaseIds.adlTrade(now.id(), adl.number(), number),
                now.id());
    }

    private static CaseAction of(LiquidationCase now, CaseStep.Draw draw) {
        return draw.drawn()
                .<CaseAction>map(
                        amount ->
                                new CaseAction.BookSettlement(
                                        CaseIds.settlement(now.id(), draw.number()),
                                        now.account(),
                                        draw.asset(),
                                        amount,
                                        now.id()))
                .orElseGet(
                        () ->
                                new CaseAction.DrawFund(
                                        now.id(),
                                        draw.asset(),
                                        draw.deficit(),
                                        now.held(draw.asset())));
    }

    /** The leg that is booked next, from 0. */
    static int openLeg(CaseStep.Adl adl) {
        for (int i = 0; i < adl.legs().size(); i++) {
            if (isOpen(adl.legs().get(i))) {
                return i;
            }
        }
        throw new IllegalStateException("step " + adl.number() + " has no open leg");
    }

    /** Whether something of the leg is still to be booked. */
    static boolean isOpen(AdlLeg leg) {
        return leg.stage() == AdlLeg.Stage.PLANNED
                || leg.stage() == AdlLeg.Stage.COUNTERPARTY_BOOKED;
    }
}

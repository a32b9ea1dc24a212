package io.delever.engine.liquidation;

import io.delever.engine.account.AccountId;
import io.delever.engine.margin.AccountCommand;
import io.delever.engine.margin.FeeBeneficiary;
import io.delever.engine.margin.ProfitablePosition;
import io.delever.engine.margin.RiskState;
import io.delever.engine.money.Money;
import io.delever.engine.money.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Runs one case in a {@link CaseWorld} as the services do, and may crash between any two things it
 * does: after an action and before its answer is persisted, or after the persisting. What it must
 * never do is checked on the way.
 */
final class CaseHost {
    private final CaseWorld world;
    private final CaseEngine engine;
    private final BooleanSupplier crash;
    final List<CaseEvent> log = new ArrayList<>();
    private LiquidationCase now;
    private Optional<CaseAction> action;
    private AccountObservation seen;
    int boundaries;

    private CaseHost(CaseWorld world, CaseEngine engine, AccountId account, BooleanSupplier crash) {
        this.world = world;
        this.engine = engine;
        this.crash = crash;
        seen = world.observe(account);
        CaseDecision opening = engine.open(new CaseId("C-" + account), seen);
        log.addAll(opening.events());
        now = LiquidationCase.replay(log);
        action = opening.action();
    }

    static CaseHost open(
            CaseWorld world, CaseEngine engine, AccountId account, BooleanSupplier crash) {
        return new CaseHost(world, engine, account, crash);
    }

    LiquidationCase now() {
        return now;
    }

    Optional<CaseAction> action() {
        return action;
    }

    /** Carries out the pending action. */
    void step() {
        CaseAction pending = action.orElseThrow();
        CaseInput input = carryOut(pending);
        if (crashes()) {
            restart();
            return;
        }
        CaseDecision decision = engine.decide(now, input);
        check(decision);
        List<FundEvent> fundEvents = CaseFunding.apply(now, decision.events(), world.fund());
        // One transaction: the case's events and the fund's.
        log.addAll(decision.events());
        world.fundLog.addAll(fundEvents);
        now = now.applyAll(decision.events());
        action = decision.action();
        checkFund();
        if (crashes()) {
            restart();
        }
    }

    private boolean crashes() {
        boundaries++;
        return crash.getAsBoolean();
    }

    private void restart() {
        world.reloadFund();
        now = LiquidationCase.replay(log);
        action = engine.pendingAction(now);
    }

    private CaseInput carryOut(CaseAction pending) {
        return switch (pending) {
            case CaseAction.ObserveAccount a -> {
                world.now = Math.max(world.now + 1, a.notBeforeNanos());
                seen = world.observe(a.account());
                yield new CaseInput.AccountObserved(seen);
            }
            case CaseAction.ObserveDepth a ->
                    new CaseInput.DepthObserved(
                            a.observation(), world.book(a.instrument()), world.now);
            case CaseAction.ReserveFund a -> CaseFunding.answer(a, world.fund(), world.now);
            case CaseAction.SubmitOrder a -> world.execute(a);
            case CaseAction.BookFill a -> answered(a.commandId(), fill(a));
            case CaseAction.PlanAdl a -> plan(a);
            case CaseAction.DrawFund a -> CaseFunding.answer(a, world.fund(), world.now);
            case CaseAction.BookSettlement a ->
                    answered(
                            a.commandId(),
                            new AccountCommand.InsuranceSettlement(
                                    a.account(),
                                    a.asset(),
                                    a.amount(),
                                    Optional.of(a.caseId().value())));
        };
    }

    private CaseInput answered(String commandId, AccountCommand command) {
        return new CaseInput.CommandAnswered(world.submit(commandId, command), world.now);
    }

    private static AccountCommand.Fill fill(CaseAction.BookFill a) {
        return new AccountCommand.Fill(
                a.account(),
                a.instrument(),
                a.size(),
                a.price(),
                a.fee(),
                FeeBeneficiary.INSURANCE_FUND,
                a.reduceOnly(),
                a.tradeId(),
                Optional.of(a.caseId().value()));
    }

    /** Greatest profit first, each whole; the real policies are tested in their own room. */
    private CaseInput plan(CaseAction.PlanAdl question) {
        Quantity open = question.terms().size().abs();
        List<AdlAllocation> allocations = new ArrayList<>();
        for (ProfitablePosition winner :
                world.winners(question.terms().instrument(), question.terms().size().isLong())) {
            Quantity held = winner.position().size().abs();
            Quantity size = held.compareTo(open) < 0 ? held : open;
            if (!size.isZero() && !winner.account().equals(CaseWorld.MAKER)) {
                allocations.add(new AdlAllocation(winner.account(), size));
                open = open.minus(size);
            }
        }
        return new CaseInput.AdlAnswered(question, allocations, world.now);
    }

    private void check(CaseDecision decision) {
        for (CaseEvent event : decision.events()) {
            if (event instanceof CaseEvent.OrderPlanned planned) {
                checkPlan(planned);
            }
            if (event instanceof CaseEvent.AdlPlanned || event instanceof CaseEvent.DrawPlanned) {
                require(isSick(), "planned for an account that is not sick: " + event);
            }
        }
        if (decision.action().orElse(null) instanceof CaseAction.SubmitOrder submit
                && !decision.events().isEmpty()) {
            require(
                    !world.orders.containsKey(submit.clientOrderId()),
                    "the venue knows " + submit.clientOrderId() + " before it was sent");
        }
    }

    private boolean isSick() {
        RiskState state = seen.margin().state();
        return state == RiskState.LIQUIDATABLE || state == RiskState.BANKRUPT;
    }

    private void checkPlan(CaseEvent.OrderPlanned planned) {
        OrderPlan plan = planned.plan();
        require(isSick(), "ordered for an account that is not sick: " + plan);
        boolean beyond =
                plan.bankruptcyPrice()
                        .map(
                                price ->
                                        plan.isSell()
                                                ? plan.limit().compareTo(price) < 0
                                                : plan.limit().compareTo(price) > 0)
                        .orElse(seen.margin().figures().orElseThrow().equity().isNegative());
        require(
                !beyond || plan.fundNeed().isPositive(),
                "beyond bankruptcy without cover: " + plan);
        Candidate candidate = Candidate.of(seen).orElseThrow();
        Money worst = candidate.worstDeficit(plan.size().abs(), plan.limit());
        require(plan.fundNeed().compareTo(worst) >= 0, "cover below " + worst + ": " + plan);
    }

    private void checkFund() {
        InsuranceFund fund = world.fund();
        FundBalance balance = fund.balance(Scene.USDC);
        require(fund.verify().isEmpty(), "fund: " + fund.verify());
        require(
                balance.paid().isZero() || balance.balance().compareTo(world.floor) >= 0,
                "fund below its floor: " + balance);
        if (now.currentStep().orElse(null) instanceof CaseStep.Order order
                && order.stage() == CaseStep.Order.Stage.TO_SUBMIT
                && order.plan().fundNeed().isPositive()) {
            Money held =
                    fund.reservation(CaseIds.reservation(now.id(), order.number()))
                            .orElse(Money.ZERO);
            require(held.equals(order.plan().fundNeed()), "sent with " + held + " reserved");
        }
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new AssertionError(message);
        }
    }
}

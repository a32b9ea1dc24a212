package io.delever.engine.liquidation;

import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A case driven by hand, with its log; every decision is checked to leave the action that a replay
 * would give.
 */
final class CaseRun {
    final CaseEngine engine;
    final List<CaseEvent> log = new ArrayList<>();
    LiquidationCase now;
    Optional<CaseAction> action;
    private long time;

    private CaseRun(CaseEngine engine, CaseDecision opening, long time) {
        this.engine = engine;
        this.time = time;
        log.addAll(opening.events());
        now = LiquidationCase.replay(log);
        action = opening.action();
    }

    static CaseRun open(LiquidationParameters parameters, Scene scene) {
        CaseEngine engine = new CaseEngine(parameters);
        return new CaseRun(engine, engine.open(Scene.CASE, scene.now()), Scene.T0);
    }

    CaseDecision decide(CaseInput input) {
        CaseDecision decision = engine.decide(now, input);
        log.addAll(decision.events());
        now = now.applyAll(decision.events());
        action = decision.action();
        if (!decision.events().isEmpty()) {
            LiquidationCase replayed = LiquidationCase.replay(log);
            if (!engine.pendingAction(replayed).equals(action)) {
                throw new AssertionError(
                        "a replay gives " + engine.pendingAction(replayed) + ", not " + action);
            }
        }
        return decision;
    }

    long tick() {
        time += Scene.MILLI;
        return time;
    }

    void jumpTo(long nanos) {
        time = nanos;
    }

    CaseDecision observe(Scene scene) {
        return decide(new CaseInput.AccountObserved(scene.at(tick())));
    }

    /** Observes the account and then the book. */
    CaseDecision observe(Scene scene, MarketDepth depth) {
        observe(scene);
        CaseAction.ObserveDepth asked = pending(CaseAction.ObserveDepth.class);
        return decide(new CaseInput.DepthObserved(asked.observation(), depth, tick()));
    }

    CaseDecision resolve(OrderStatus status, OrderFill... fills) {
        return decide(
                new CaseInput.OrderResolved(
                        status,
                        Arrays.asList(fills),
                        status == OrderStatus.REJECTED ? "no" : "",
                        tick()));
    }

    CaseDecision acknowledge() {
        return decide(CaseInput.CommandAnswered.acknowledged(tick()));
    }

    CaseDecision refuse(String reason) {
        return decide(CaseInput.CommandAnswered.refused(reason, tick()));
    }

    CaseDecision fund(String amount) {
        return decide(new CaseInput.FundAnswered(Money.parse(amount), tick()));
    }

    CaseDecision adl(AdlAllocation... allocations) {
        return decide(
                new CaseInput.AdlAnswered(
                        pending(CaseAction.PlanAdl.class), List.of(allocations), tick()));
    }

    static OrderFill fill(String id, String size, String price) {
        return new OrderFill(id, Quantity.parse(size), Price.parse(price));
    }

    <T extends CaseAction> T pending(Class<T> kind) {
        return kind.cast(action.orElseThrow());
    }

    CaseAction.ObserveAccount waiting() {
        return pending(CaseAction.ObserveAccount.class);
    }

    CaseStep.Order order() {
        return (CaseStep.Order) now.steps().getLast();
    }
}

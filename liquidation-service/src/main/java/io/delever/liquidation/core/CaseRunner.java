package io.delever.liquidation.core;

import io.delever.engine.account.AccountId;
import io.delever.engine.deleveraging.AdlCandidate;
import io.delever.engine.deleveraging.CaseDeleveraging;
import io.delever.engine.liquidation.AccountObservation;
import io.delever.engine.liquidation.CaseAction;
import io.delever.engine.liquidation.CaseDecision;
import io.delever.engine.liquidation.CaseEvent;
import io.delever.engine.liquidation.CaseFunding;
import io.delever.engine.liquidation.CaseInput;
import io.delever.engine.liquidation.InsuranceFund;
import io.delever.engine.liquidation.LiquidationCase;
import io.delever.engine.liquidation.WaitReason;
import io.delever.engine.margin.ProfitablePosition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One account's case: one step at a time, each persisted before the next is carried out. Used by
 * one thread; {@link #wake} by any.
 *
 * <p>A store that fails is treated like a crash: the case is read again and goes on with the action
 * that its persisted events give (LSVC-003).
 */
final class CaseRunner {
    private final AccountId account;
    private final Surroundings around;
    private final Waiting waiting;
    private Optional<StoredCase> stored;
    private Optional<CaseAction> action = Optional.empty();
    private boolean orderMayBeKnown;
    private boolean mustRead;
    private Optional<Long> detectedAtNanos;

    private CaseRunner(AccountId account, Surroundings around, Optional<StoredCase> stored) {
        this.account = account;
        this.around = around;
        this.stored = stored;
        waiting = new Waiting(around.clock());
        orderMayBeKnown = stored.isPresent();
        detectedAtNanos = Optional.empty();
    }

    /** A runner for an account that was reported just now. */
    static CaseRunner detected(AccountId account, Surroundings around) {
        CaseRunner runner = new CaseRunner(account, around, Optional.empty());
        runner.detectedAtNanos = Optional.of(around.nowNanos());
        return runner;
    }

    /** A runner that goes on with a persisted case. */
    static CaseRunner resumed(StoredCase stored, Surroundings around) {
        CaseRunner runner = new CaseRunner(stored.value().account(), around, Optional.of(stored));
        runner.action = around.engine().pendingAction(stored.value());
        return runner;
    }

    /** Ends a wait early where its reason is over. */
    void wake(Wake reason) {
        waiting.wake(reason);
    }

    /** The case, once it is opened. */
    Optional<LiquidationCase> value() {
        return stored.map(StoredCase::value);
    }

    /**
     * Runs the case to its end, or until the service stops.
     *
     * @param beforeLook called before each observation of the account
     * @throws IllegalStateException where an invariant is broken
     */
    void run(Runnable beforeLook) throws InterruptedException {
        int failures = 0;
        while (!around.isStopping()) {
            if (stored.isPresent() && action.isEmpty()) {
                return;
            }
            if (action.orElse(null) instanceof CaseAction.ObserveAccount wait) {
                waiting.until(wait);
            }
            if (around.isStopping()) {
                return;
            }
            around.permits().acquire();
            try {
                beforeLook.run();
                if (!step()) {
                    return;
                }
                failures = 0;
            } catch (UnreachableException e) {
                failures++;
                around.metrics().unreachable(e.peer());
                mustRead |= e.peer() == UnreachableException.Peer.STORE;
                around.log().accept(account, e);
            } catch (CommittedElsewhereException e) {
                failures++;
                mustRead = true;
                around.log().accept(account, e);
            } finally {
                around.permits().release();
            }
            if (failures > 0) {
                waiting.pause(around.settings().retry().after(failures));
            }
        }
    }

    /** One step; false where the account needs no case. */
    private boolean step() {
        if (mustRead) {
            readAgain();
            return true;
        }
        if (stored.isEmpty()) {
            return open();
        }
        StoredCase now = stored.get();
        CaseAction pending = action.orElseThrow();
        switch (pending) {
            case CaseAction.ReserveFund a ->
                    decideWithFund(now, fund -> CaseFunding.answer(a, fund, around.nowNanos()));
            case CaseAction.DrawFund a ->
                    decideWithFund(now, fund -> CaseFunding.answer(a, fund, around.nowNanos()));
            case CaseAction.ObserveAccount a -> decide(now, observe(a.account()));
            case CaseAction.ObserveDepth a ->
                    decide(
                            now,
                            new CaseInput.DepthObserved(
                                    a.observation(),
                                    around.venue().depth(a.instrument()),
                                    around.nowNanos()));
            case CaseAction.SubmitOrder a -> decide(now, execute(a));
            case CaseAction.BookFill a -> decide(now, answered(around.margin().book(a)));
            case CaseAction.BookSettlement a -> decide(now, answered(around.margin().settle(a)));
            case CaseAction.PlanAdl a -> decide(now, planAdl(a));
        }
        return true;
    }

    private boolean open() {
        Optional<AccountObservation> seen = look(account);
        if (seen.isEmpty()) {
            return false;
        }
        CaseDecision decision = around.engine().open(around.nextId().get(), seen.get());
        if (decision.events().isEmpty()) {
            return false;
        }
        LiquidationCase opened =
                LiquidationCase.open((CaseEvent.Opened) decision.events().getFirst());
        around.store().commit(new CaseCommit(opened, 0, decision.events(), List.of(), 0));
        took(opened, decision, decision.events().size());
        // The observation is fresh: the first step needs no second one.
        decide(stored.orElseThrow(), new CaseInput.AccountObserved(seen.get()));
        return true;
    }

    private void readAgain() {
        if (stored.isPresent()) {
            StoredCase fresh =
                    around.store()
                            .find(stored.get().value().id())
                            .orElseThrow(
                                    () ->
                                            new IllegalStateException(
                                                    "case "
                                                            + stored.get().value().id()
                                                            + " is gone from the store"));
            continueWith(fresh);
        } else {
            around.store().openCases().stream()
                    .filter(open -> open.value().account().equals(account))
                    .findFirst()
                    .ifPresent(this::continueWith);
        }
        mustRead = false;
    }

    private void continueWith(StoredCase fresh) {
        stored = Optional.of(fresh);
        action = around.engine().pendingAction(fresh.value());
        orderMayBeKnown = true;
        around.hub().changed(fresh.value());
    }

    private void decideWithFund(StoredCase now, Function<InsuranceFund, CaseInput> answer) {
        CaseDecision decision =
                around.fund()
                        .commit(
                                now.value(),
                                now.eventCount(),
                                fund -> around.engine().decide(now.value(), answer.apply(fund)));
        took(
                now.value().applyAll(decision.events()),
                decision,
                now.eventCount() + decision.events().size());
    }

    private void decide(StoredCase now, CaseInput input) {
        CaseDecision decision = around.engine().decide(now.value(), input);
        if (decision.events().isEmpty()) {
            action = decision.action();
            return;
        }
        if (CaseFunding.concerns(decision.events())) {
            around.fund().commit(now.value(), now.eventCount(), fund -> decision);
        } else {
            around.store()
                    .commit(
                            new CaseCommit(
                                    now.value().applyAll(decision.events()),
                                    now.eventCount(),
                                    decision.events(),
                                    List.of(),
                                    0));
        }
        took(
                now.value().applyAll(decision.events()),
                decision,
                now.eventCount() + decision.events().size());
    }

    private void took(LiquidationCase after, CaseDecision decision, int eventCount) {
        stored = Optional.of(new StoredCase(after, eventCount));
        action = decision.action();
        orderMayBeKnown = false;
        decision.events().forEach(around.metrics()::persisted);
        around.hub().changed(after);
    }

    // ------------------------------------------------------------ what is carried out

    private CaseInput observe(AccountId id) {
        return new CaseInput.AccountObserved(
                look(id).orElseThrow(
                                () ->
                                        new UnreachableException(
                                                UnreachableException.Peer.MARGIN,
                                                "margin-service does not know account " + id)));
    }

    private Optional<AccountObservation> look(AccountId id) {
        return around.margin()
                .account(id)
                .map(
                        seen ->
                                new AccountObservation(
                                        seen.account(),
                                        seen.margin(),
                                        seen.market(),
                                        around.fund().available(),
                                        around.nowNanos()));
    }

    /** After a crash or an answer that was lost the venue is asked first (LSVC-002). */
    private CaseInput execute(CaseAction.SubmitOrder order) {
        Optional<Venue.Outcome> known =
                orderMayBeKnown ? around.venue().find(order.clientOrderId()) : Optional.empty();
        orderMayBeKnown = true;
        Venue.Outcome outcome = known.isPresent() ? known.get() : submit(order);
        return new CaseInput.OrderResolved(
                outcome.status(), outcome.fills(), outcome.rejectReason(), around.nowNanos());
    }

    private Venue.Outcome submit(CaseAction.SubmitOrder order) {
        detectedAtNanos.ifPresent(
                since ->
                        around.metrics()
                                .firstOrder(
                                        Duration.ofNanos(Math.max(0, around.nowNanos() - since))));
        detectedAtNanos = Optional.empty();
        return around.venue().submit(order);
    }

    private CaseInput answered(Optional<String> refusal) {
        return new CaseInput.CommandAnswered(refusal, around.nowNanos());
    }

    private CaseInput planAdl(CaseAction.PlanAdl question) {
        CaseSettings.Adl adl = around.settings().adl();
        // A long is closed by selling to shorts, and the other way round.
        boolean winnersAreLong = question.terms().size().isLong();
        List<AdlCandidate> candidates = new ArrayList<>();
        for (ProfitablePosition position :
                around.margin()
                        .profitable(
                                question.terms().instrument(), winnersAreLong, adl.considered())) {
            candidates.add(
                    new AdlCandidate(
                            position.account(),
                            position.position().size(),
                            position.unrealizedPnl(),
                            position.equity(),
                            position.otherNotional()));
        }
        return CaseDeleveraging.answer(
                question,
                new CaseDeleveraging.Terms(
                        adl.policies().of(question.terms().instrument()),
                        adl.limits(),
                        adl.maxCandidates()),
                candidates,
                around.nowNanos());
    }

    /** Why a wait may be over early. */
    enum Wake {
        /** The account's risk state changed. */
        RISK_CHANGED,
        /** The account is not sick any more. */
        NOT_SICK,
        /** The fund received money. */
        FUND_FILLED,
        /** The service stops. */
        STOPPING;

        boolean ends(WaitReason reason) {
            return switch (this) {
                case STOPPING, NOT_SICK -> true;
                case RISK_CHANGED -> reason == WaitReason.PRICE;
                case FUND_FILLED -> reason == WaitReason.FUND || reason == WaitReason.FUND_COVER;
            };
        }
    }
}

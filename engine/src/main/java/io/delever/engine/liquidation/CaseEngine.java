package io.delever.engine.liquidation;

import io.delever.engine.account.AccountView;
import io.delever.engine.margin.RiskState;
import io.delever.engine.market.Asset;
import io.delever.engine.market.AssetId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what happens to a case. It only reads; {@link LiquidationCase#apply} changes.
 *
 * <p>A host loops: carry out the action, decide with what was learned, persist the events (with
 * what {@link CaseFunding} makes of them), apply them, carry out the next action. After a crash it
 * replays the persisted events and begins with {@link #pendingAction}.
 */
public final class CaseEngine {
    private static final int MAX_DOUBLINGS = 6;

    private final LiquidationParameters parameters;
    private final StepPlanner planner;

    /** An engine with these parameters for everybody. */
    public CaseEngine(LiquidationParameters parameters) {
        this.parameters = parameters;
        planner = new StepPlanner(parameters);
    }

    /**
     * Opens a case, or decides nothing where the account is neither LIQUIDATABLE nor BANKRUPT
     * (LIQD-001). The host sees to it that an account has at most one open case.
     */
    public CaseDecision open(CaseId caseId, AccountObservation observation) {
        if (!mustBeReduced(observation) || observation.margin().figures().isEmpty()) {
            return new CaseDecision(List.of(), Optional.empty());
        }
        var figures = observation.margin().figures().get();
        CaseEvent.Opened opened =
                new CaseEvent.Opened(
                        caseId,
                        observation.account().id(),
                        figures.equity(),
                        figures.maintenanceMargin(),
                        observation.timeNanos());
        return new CaseDecision(List.of(opened), pendingAction(LiquidationCase.open(opened)));
    }

    /**
     * What is to be done next, from the persisted events alone: the same before and after a crash,
     * with the same ids (LIQD-031). Absent when the case is closed.
     */
    public Optional<CaseAction> pendingAction(LiquidationCase now) {
        if (now.isClosed()) {
            return Optional.empty();
        }
        return Optional.of(
                now.currentStep()
                        .map(step -> PendingAction.of(now, step))
                        .orElseGet(
                                () ->
                                        observeAt(
                                                now,
                                                now.progress().nextAtNanos(),
                                                now.progress().waiting())));
    }

    /**
     * What follows from an input.
     *
     * @throws IllegalStateException if it does not answer the pending action (LIQD-007)
     */
    public CaseDecision decide(LiquidationCase now, CaseInput input) {
        return switch (input) {
            case CaseInput.AccountObserved e -> observed(idle(now, e), e.observation());
            case CaseInput.DepthObserved e -> depthObserved(idle(now, e), e);
            case CaseInput.AdlAnswered e -> adlAnswered(idle(now, e), e);
            case CaseInput.FundAnswered e -> fundAnswered(now, e);
            case CaseInput.OrderResolved e -> orderResolved(now, e);
            case CaseInput.CommandAnswered e -> commandAnswered(now, e);
        };
    }

    // ------------------------------------------------------------ observing

    private CaseDecision observed(LiquidationCase now, AccountObservation seen) {
        long time = seen.timeNanos();
        AccountView account = seen.account();
        if (!account.id().equals(now.account())) {
            throw new IllegalStateException(
                    "case " + now.id() + " is of " + now.account() + ", observed " + account.id());
        }
        boolean owes = account.balances().values().stream().anyMatch(Money::isNegative);
        if (account.positions().isEmpty() && !owes) {
            return close(
                    now, endWithoutPosition(now), "No position is left and nothing is owed.", time);
        }
        if (seen.margin().state() == RiskState.PRICE_UNAVAILABLE) {
            return frozen(now, seen);
        }
        if (now.state() == CaseState.FROZEN) {
            return decided(now, List.of(new CaseEvent.Unfrozen(time)));
        }
        if (!mustBeReduced(seen)) {
            return account.positions().isEmpty()
                    ? close(
                            now,
                            endWithoutPosition(now),
                            "No position is left and equity is not negative.",
                            time)
                    : recovered(now, seen);
        }
        if (account.positions().isEmpty()) {
            return deficit(now, seen);
        }
        return Candidate.of(seen)
                .map(
                        candidate ->
                                new CaseDecision(
                                        List.of(),
                                        Optional.of(
                                                new CaseAction.ObserveDepth(
                                                        candidate.instrument().id(), seen))))
                .orElseGet(() -> waitFor(now, WaitReason.BELOW_ONE_LOT, time));
    }

    private CaseDecision frozen(LiquidationCase now, AccountObservation seen) {
        long retryAt = retryAt(seen.timeNanos());
        return now.state() == CaseState.FROZEN
                ? waitFor(now, WaitReason.PRICE, seen.timeNanos())
                : decided(
                        now,
                        List.of(
                                new CaseEvent.Frozen(
                                        seen.margin().unpriced(), retryAt, seen.timeNanos())));
    }

    private CaseDecision recovered(LiquidationCase now, AccountObservation seen) {
        String figures =
                seen.margin()
                        .figures()
                        .map(
                                f ->
                                        "adjusted equity "
                                                + f.adjustedEquity()
                                                + ", maintenance margin "
                                                + f.maintenanceMargin())
                        .orElse("no figures");
        return close(
                now,
                CaseOutcome.RECOVERED,
                "The account can carry its risk: " + figures + " (" + seen.margin().state() + ").",
                seen.timeNanos());
    }

    private static CaseOutcome endWithoutPosition(LiquidationCase now) {
        return now.totals().fundPaid().isPositive()
                ? CaseOutcome.COVERED_BY_FUND
                : CaseOutcome.CLOSED_OUT;
    }

    private CaseDecision close(
            LiquidationCase now, CaseOutcome outcome, String explanation, long time) {
        List<CaseEvent.Held> released = new ArrayList<>();
        now.held().forEach((asset, amount) -> released.add(new CaseEvent.Held(asset, amount)));
        return decided(now, List.of(new CaseEvent.Closed(outcome, released, explanation, time)));
    }

    private CaseDecision depthObserved(LiquidationCase now, CaseInput.DepthObserved input) {
        AccountObservation seen = input.observation();
        Candidate candidate =
                Candidate.of(seen)
                        .filter(c -> mustBeReduced(seen))
                        .filter(c -> c.instrument().id().equals(input.depth().instrument()))
                        .orElseThrow(() -> unexpected(now, input));
        if (stepsUsedUp(now)) {
            return stepLimit(now, input.timeNanos());
        }
        boolean attemptsUsedUp = now.progress().attempts() >= parameters.pace().attemptsBeforeAdl();
        if (attemptsUsedUp && StepPlanner.isBeyondMarket(candidate, input.depth())) {
            return askAdl(now, candidate, input.timeNanos());
        }
        return switch (planner.propose(candidate, input.depth())) {
            case StepPlanner.Proposal.Ordered(OrderPlan plan, String explanation) ->
                    decided(
                            now,
                            List.of(
                                    new CaseEvent.OrderPlanned(
                                            nextStep(now), plan, explanation, input.timeNanos())));
            case StepPlanner.Proposal.Nothing(WaitReason reason, String explanation) ->
                    attemptsUsedUp
                            ? waitFor(now, reason, input.timeNanos())
                            : decided(
                                    now,
                                    List.of(
                                            new CaseEvent.AttemptFailed(
                                                    reason,
                                                    explanation,
                                                    retryAt(input.timeNanos()),
                                                    input.timeNanos())));
        };
    }

    // ------------------------------------------------------------ the order

    private CaseDecision orderResolved(LiquidationCase now, CaseInput.OrderResolved input) {
        CaseStep.Order order =
                currentOrder(now)
                        .filter(step -> step.stage() == CaseStep.Order.Stage.TO_SUBMIT)
                        .orElseThrow(() -> unexpected(now, input));
        List<CaseFill> fills = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (OrderFill fill : input.fills()) {
            if (seen.add(fill.fillId())) {
                Money fee = order.plan().feeOf(fill.size(), fill.price());
                fills.add(new CaseFill(fill, fee, CaseFill.Stage.RECORDED));
            }
        }
        CaseEvent ended =
                new CaseEvent.OrderEnded(
                        order.number(),
                        input.status(),
                        fills,
                        input.rejectReason(),
                        input.timeNanos());
        return withFinish(now, List.of(ended), input.timeNanos());
    }

    private CaseDecision commandAnswered(LiquidationCase now, CaseInput.CommandAnswered input) {
        CaseStep step = now.currentStep().orElseThrow(() -> unexpected(now, input));
        return switch (step) {
            case CaseStep.Order order -> fillAnswered(now, order, input);
            case CaseStep.Adl adl -> legAnswered(now, adl, input);
            case CaseStep.Draw draw -> settlementAnswered(now, draw, input);
        };
    }

    private CaseDecision fillAnswered(
            LiquidationCase now, CaseStep.Order order, CaseInput.CommandAnswered input) {
        CaseFill fill = order.firstUnanswered().orElseThrow(() -> unexpected(now, input));
        String fillId = fill.fill().fillId();
        CaseEvent answered =
                input.refusal()
                        .<CaseEvent>map(
                                reason ->
                                        new CaseEvent.FillRefused(
                                                order.number(), fillId, reason, input.timeNanos()))
                        .orElseGet(
                                () ->
                                        new CaseEvent.FillBooked(
                                                order.number(),
                                                fillId,
                                                order.plan().settlement(),
                                                fill.fee(),
                                                input.timeNanos()));
        return withFinish(now, List.of(answered), input.timeNanos());
    }

    /** Adds the end of the order's step where nothing of it is open any more. */
    private CaseDecision withFinish(LiquidationCase now, List<CaseEvent> events, long time) {
        LiquidationCase after = now.applyAll(events);
        CaseStep.Order order =
                currentOrder(after).orElseThrow(() -> new IllegalStateException("no order"));
        if (order.firstUnanswered().isPresent()) {
            return decided(now, events);
        }
        Money reserved = order.plan().fundNeed();
        Money used = Money.ZERO;
        for (CaseFill fill : order.fills()) {
            if (fill.stage() == CaseFill.Stage.BOOKED) {
                used = used.plus(order.plan().fundUseOf(fill.fill().size(), fill.fill().price()));
            }
        }
        Money released = reserved.minus(used.min(reserved));
        long wait =
                order.filled().isZero()
                        ? parameters.pace().retryIntervalNanos()
                        : parameters.pace().stepIntervalNanos();
        List<CaseEvent> all = new ArrayList<>(events);
        all.add(
                new CaseEvent.OrderFinished(
                        order.number(),
                        order.plan().settlement(),
                        released,
                        Math.addExact(time, wait),
                        time));
        return decided(now, all);
    }

    // ------------------------------------------------------------ auto-deleveraging

    private CaseDecision askAdl(LiquidationCase now, Candidate candidate, long time) {
        Optional<Price> price = candidate.adlPrice();
        if (price.isEmpty()) {
            return adlPaused(now, "no bankruptcy price exists at which ADL could close", time);
        }
        if (now.progress().adlRounds() >= parameters.pace().adlRounds()) {
            return adlPaused(
                    now, "its " + now.progress().adlRounds() + " rounds are used up", time);
        }
        AdlTerms terms =
                new AdlTerms(
                        candidate.instrument().id(),
                        candidate.trade(candidate.sizeOf(candidate.lots())),
                        price.get(),
                        candidate.held().mark());
        return new CaseDecision(
                List.of(),
                Optional.of(new CaseAction.PlanAdl(now.account(), terms, candidate.observation())));
    }

    private CaseDecision adlAnswered(LiquidationCase now, CaseInput.AdlAnswered input) {
        AdlTerms terms = input.question().terms();
        if (input.allocations().isEmpty()) {
            return adlPaused(
                    now,
                    "nobody can be asked to close " + terms.size() + " at " + terms.price(),
                    input.timeNanos());
        }
        Candidate candidate =
                Candidate.of(input.question().observation())
                        .orElseThrow(() -> unexpected(now, input));
        String explanation =
                "Close "
                        + terms.size()
                        + " against "
                        + input.allocations().size()
                        + " profitable accounts at "
                        + terms.price()
                        + " after "
                        + now.progress().attempts()
                        + " attempts without a fill. "
                        + Explanation.of(candidate);
        return decided(
                now,
                List.of(
                        new CaseEvent.AdlPlanned(
                                nextStep(now),
                                terms,
                                input.allocations(),
                                explanation,
                                input.timeNanos())));
    }

    private CaseDecision adlPaused(LiquidationCase now, String reason, long time) {
        int doublings = Math.min(now.progress().pauses(), MAX_DOUBLINGS);
        long pause = Math.multiplyExact(parameters.pace().adlPauseNanos(), 1L << doublings);
        return decided(
                now, List.of(new CaseEvent.AdlPaused(reason, Math.addExact(time, pause), time)));
    }

    private CaseDecision legAnswered(
            LiquidationCase now, CaseStep.Adl adl, CaseInput.CommandAnswered input) {
        int leg = PendingAction.openLeg(adl);
        boolean counterparty = adl.legs().get(leg).stage() == AdlLeg.Stage.PLANNED;
        if (!counterparty && input.refusal().isPresent()) {
            throw new IllegalStateException(
                    "case "
                            + now.id()
                            + ", step "
                            + adl.number()
                            + ", leg "
                            + leg
                            + ": the account's own side was refused after the counterparty's: "
                            + input.refusal().get());
        }
        List<CaseEvent> events = new ArrayList<>();
        if (counterparty) {
            events.add(
                    input.refusal()
                            .<CaseEvent>map(
                                    reason ->
                                            new CaseEvent.AdlLegRefused(
                                                    adl.number(), leg, reason, input.timeNanos()))
                            .orElseGet(
                                    () ->
                                            new CaseEvent.AdlCounterpartyBooked(
                                                    adl.number(), leg, input.timeNanos())));
        } else {
            events.add(new CaseEvent.AdlLegBooked(adl.number(), leg, input.timeNanos()));
        }
        LiquidationCase after = now.applyAll(events);
        boolean finished =
                after.currentStep()
                        .filter(CaseStep.Adl.class::isInstance)
                        .map(CaseStep.Adl.class::cast)
                        .map(step -> step.legs().stream().noneMatch(PendingAction::isOpen))
                        .orElse(false);
        if (finished) {
            events.add(
                    new CaseEvent.AdlFinished(
                            adl.number(),
                            Math.addExact(input.timeNanos(), parameters.pace().stepIntervalNanos()),
                            input.timeNanos()));
        }
        return decided(now, events);
    }

    // ------------------------------------------------------------ the deficit

    private CaseDecision deficit(LiquidationCase now, AccountObservation seen) {
        long time = seen.timeNanos();
        Money deficit = seen.margin().figures().orElseThrow().equity().negate();
        if (now.steps().stream().anyMatch(CaseEngine::isRefused)) {
            return waitFor(now, WaitReason.REFUSED_SETTLEMENT, time);
        }
        Optional<AssetId> asset = debtIn(seen);
        Money available = asset.map(seen::fundAvailable).orElse(Money.ZERO);
        Money held = asset.map(now::held).orElse(Money.ZERO);
        if (available.plus(held).isZero()) {
            return now.state() == CaseState.UNCOVERED
                    ? waitFor(now, WaitReason.FUND, time)
                    : decided(now, List.of(new CaseEvent.Uncovered(deficit, retryAt(time), time)));
        }
        if (stepsUsedUp(now)) {
            return stepLimit(now, time);
        }
        return decided(
                now,
                List.of(
                        new CaseEvent.DrawPlanned(
                                nextStep(now),
                                asset.orElseThrow(),
                                deficit,
                                Explanation.ofDraw(deficit, available, held),
                                time)));
    }

    private static boolean isRefused(CaseStep step) {
        return step instanceof CaseStep.Draw draw && draw.refusal().isPresent();
    }

    /** The unit of account in which something is owed. */
    private static Optional<AssetId> debtIn(AccountObservation seen) {
        return seen.account().balances().entrySet().stream()
                .filter(balance -> balance.getValue().isNegative())
                .map(Map.Entry::getKey)
                .filter(id -> seen.market().asset(id).map(Asset::isUnitOfAccount).orElse(false))
                .findFirst();
    }

    private CaseDecision fundAnswered(LiquidationCase now, CaseInput.FundAnswered input) {
        CaseStep step = now.currentStep().orElseThrow(() -> unexpected(now, input));
        if (step instanceof CaseStep.Order order
                && order.stage() == CaseStep.Order.Stage.NEEDS_FUND) {
            boolean whole = input.amount().equals(order.plan().fundNeed());
            return decided(
                    now,
                    List.of(
                            whole
                                    ? new CaseEvent.FundReserved(
                                            order.number(),
                                            order.plan().settlement(),
                                            input.amount(),
                                            input.timeNanos())
                                    : new CaseEvent.OrderAbandoned(
                                            order.number(),
                                            retryAt(input.timeNanos()),
                                            input.timeNanos())));
        }
        if (step instanceof CaseStep.Draw draw && draw.drawn().isEmpty()) {
            return drawn(now, draw, input);
        }
        throw unexpected(now, input);
    }

    private CaseDecision drawn(
            LiquidationCase now, CaseStep.Draw draw, CaseInput.FundAnswered input) {
        Money amount = input.amount();
        if (amount.isNegative() || amount.compareTo(draw.deficit()) > 0) {
            throw new IllegalStateException(
                    "case "
                            + now.id()
                            + ": drew "
                            + amount
                            + " for a deficit of "
                            + draw.deficit());
        }
        List<CaseEvent> events = new ArrayList<>();
        events.add(
                new CaseEvent.FundDrawn(
                        draw.number(),
                        draw.asset(),
                        amount,
                        now.held(draw.asset()),
                        input.timeNanos()));
        if (amount.isZero()) {
            events.add(
                    new CaseEvent.Uncovered(
                            draw.deficit(), retryAt(input.timeNanos()), input.timeNanos()));
        }
        return decided(now, events);
    }

    private CaseDecision settlementAnswered(
            LiquidationCase now, CaseStep.Draw draw, CaseInput.CommandAnswered input) {
        if (draw.drawn().isEmpty()) {
            throw unexpected(now, input);
        }
        long time = input.timeNanos();
        return decided(
                now,
                List.of(
                        input.refusal()
                                .<CaseEvent>map(
                                        reason ->
                                                new CaseEvent.SettlementRefused(
                                                        draw.number(), reason, retryAt(time), time))
                                .orElseGet(
                                        () ->
                                                new CaseEvent.SettlementBooked(
                                                        draw.number(), time))));
    }

    // ------------------------------------------------------------ small things

    private CaseDecision decided(LiquidationCase now, List<CaseEvent> events) {
        return new CaseDecision(events, pendingAction(now.applyAll(events)));
    }

    private CaseDecision waitFor(LiquidationCase now, WaitReason reason, long time) {
        return new CaseDecision(List.of(), Optional.of(observeAt(now, retryAt(time), reason)));
    }

    private CaseDecision stepLimit(LiquidationCase now, long time) {
        return now.progress().waiting() == WaitReason.STEP_LIMIT
                ? waitFor(now, WaitReason.STEP_LIMIT, time)
                : decided(
                        now,
                        List.of(
                                new CaseEvent.StepsExhausted(
                                        parameters.pace().stepLimit(), retryAt(time), time)));
    }

    private static CaseAction observeAt(LiquidationCase now, long atNanos, WaitReason reason) {
        return new CaseAction.ObserveAccount(now.account(), atNanos, reason);
    }

    private long retryAt(long time) {
        return Math.addExact(time, parameters.pace().retryIntervalNanos());
    }

    private boolean stepsUsedUp(LiquidationCase now) {
        return now.steps().size() >= parameters.pace().stepLimit();
    }

    private static int nextStep(LiquidationCase now) {
        return now.steps().size() + 1;
    }

    private static boolean mustBeReduced(AccountObservation observation) {
        return switch (observation.margin().state()) {
            case LIQUIDATABLE, BANKRUPT -> true;
            case HEALTHY, MARGIN_CALL, PRICE_UNAVAILABLE -> false;
        };
    }

    private static Optional<CaseStep.Order> currentOrder(LiquidationCase now) {
        return now.currentStep()
                .filter(CaseStep.Order.class::isInstance)
                .map(CaseStep.Order.class::cast);
    }

    private LiquidationCase idle(LiquidationCase now, CaseInput input) {
        if (now.isClosed() || now.currentStep().isPresent()) {
            throw unexpected(now, input);
        }
        return now;
    }

    private IllegalStateException unexpected(LiquidationCase now, CaseInput input) {
        return new IllegalStateException(
                "case "
                        + now.id()
                        + " ("
                        + now.state()
                        + ") does not wait for "
                        + input.getClass().getSimpleName()
                        + " but for "
                        + pendingAction(now)
                                .map(a -> a.getClass().getSimpleName())
                                .orElse("nothing"));
    }
}

package io.delever.engine.liquidation;

import io.delever.engine.account.AccountId;
import io.delever.engine.market.AssetId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rounding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One account being reduced, from its detection to its end. Immutable; {@link #apply} gives the
 * next state and never rejects what {@link CaseEngine} decided.
 */
public final class LiquidationCase {
    private final CaseId id;
    private final AccountId account;
    private final CaseEvent.Opened opening;
    private final CaseState state;
    private final Optional<CaseOutcome> outcome;
    private final List<CaseStep> steps;
    private final Progress progress;
    private final Totals totals;
    private final SortedMap<AssetId, Money> held;
    private final long updatedAtNanos;

    private LiquidationCase(Draft draft) {
        id = draft.opening.caseId();
        account = draft.opening.account();
        opening = draft.opening;
        state = draft.state;
        outcome = draft.outcome;
        steps = List.copyOf(draft.steps);
        progress = draft.progress;
        totals = draft.totals;
        held = Collections.unmodifiableSortedMap(draft.held);
        updatedAtNanos = draft.updatedAtNanos;
    }

    /** The case that begins with this event. */
    public static LiquidationCase open(CaseEvent.Opened opening) {
        return new LiquidationCase(new Draft(opening));
    }

    /**
     * The case these events tell of, in the order in which they were decided.
     *
     * @throws IllegalArgumentException if the first is not {@link CaseEvent.Opened}
     */
    public static LiquidationCase replay(List<CaseEvent> events) {
        if (events.isEmpty() || !(events.getFirst() instanceof CaseEvent.Opened opening)) {
            throw new IllegalArgumentException("a case begins with Opened");
        }
        LiquidationCase result = open(opening);
        for (CaseEvent event : events.subList(1, events.size())) {
            result = result.apply(event);
        }
        return result;
    }

    /** The case after one more event. */
    public LiquidationCase apply(CaseEvent event) {
        Draft draft = new Draft(this);
        draft.updatedAtNanos = event.timeNanos();
        draft.accept(event);
        return new LiquidationCase(draft);
    }

    /** The case after these events. */
    public LiquidationCase applyAll(List<CaseEvent> events) {
        LiquidationCase result = this;
        for (CaseEvent event : events) {
            result = result.apply(event);
        }
        return result;
    }

    /** Names it for ever. */
    public CaseId id() {
        return id;
    }

    /** Whose positions are reduced. */
    public AccountId account() {
        return account;
    }

    /** Where it stands. */
    public CaseState state() {
        return state;
    }

    /** How it ended; absent while it is open. */
    public Optional<CaseOutcome> outcome() {
        return outcome;
    }

    /** Whether it has ended. */
    public boolean isClosed() {
        return state == CaseState.CLOSED;
    }

    /** What was done, in order. */
    public List<CaseStep> steps() {
        return steps;
    }

    /** The step under way. */
    public Optional<CaseStep> currentStep() {
        return steps.isEmpty() || steps.getLast().isFinished()
                ? Optional.empty()
                : Optional.of(steps.getLast());
    }

    /** Counters of attempts, rounds and pauses, and until when and why it waits. */
    public Progress progress() {
        return progress;
    }

    /** Sums over its steps. */
    public Totals totals() {
        return totals;
    }

    /** What the insurance fund holds for it, per asset, each > 0. */
    public SortedMap<AssetId, Money> held() {
        return held;
    }

    /** What the insurance fund holds for it in this asset, ≥ 0. */
    public Money held(AssetId asset) {
        return held.getOrDefault(asset, Money.ZERO);
    }

    /** Equity of the account when it was opened. */
    public Money equityAtOpen() {
        return opening.equity();
    }

    /** Maintenance margin of the account when it was opened. */
    public Money maintenanceMarginAtOpen() {
        return opening.maintenanceMargin();
    }

    /** Nanoseconds since the Unix epoch. */
    public long openedAtNanos() {
        return opening.timeNanos();
    }

    /** Time of its newest event, nanoseconds since the Unix epoch. */
    public long updatedAtNanos() {
        return updatedAtNanos;
    }

    /**
     * How it gets on.
     *
     * @param attempts without a fill since the last fill
     * @param adlRounds ADL steps in a row since the last fill or pause
     * @param pauses of ADL in a row
     * @param nextAtNanos before this the account is not observed again
     * @param waiting why
     */
    public record Progress(
            int attempts, int adlRounds, int pauses, long nextAtNanos, WaitReason waiting) {
        Progress waitUntil(long nanos, WaitReason reason) {
            return new Progress(attempts, adlRounds, pauses, nanos, reason);
        }

        Progress failedUntil(long nanos, WaitReason reason) {
            return new Progress(attempts + 1, adlRounds, pauses, nanos, reason);
        }
    }

    /**
     * Sums over the steps; each ≥ 0.
     *
     * @param closedNotional size × price of the fills at the venue that margin-service
     *     acknowledged, each half-even
     * @param fee what they paid to the insurance fund
     * @param fundPaid what the insurance fund settled on the account
     * @param adlNotional size × price of the booked ADL legs, each half-even
     */
    public record Totals(Money closedNotional, Money fee, Money fundPaid, Money adlNotional) {
        static final Totals NONE = new Totals(Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO);
    }

    /** A case while an event takes effect on it. */
    private static final class Draft {
        private final CaseEvent.Opened opening;
        private CaseState state;
        private Optional<CaseOutcome> outcome;
        private final List<CaseStep> steps;
        private Progress progress;
        private Totals totals;
        private final SortedMap<AssetId, Money> held;
        private long updatedAtNanos;

        Draft(CaseEvent.Opened opening) {
            this.opening = opening;
            state = CaseState.OPEN;
            outcome = Optional.empty();
            steps = new ArrayList<>();
            progress = new Progress(0, 0, 0, opening.timeNanos(), WaitReason.NOTHING);
            totals = Totals.NONE;
            held = new TreeMap<>();
            updatedAtNanos = opening.timeNanos();
        }

        Draft(LiquidationCase from) {
            opening = from.opening;
            state = from.state;
            outcome = from.outcome;
            steps = new ArrayList<>(from.steps);
            progress = from.progress;
            totals = from.totals;
            held = new TreeMap<>(from.held);
            updatedAtNanos = from.updatedAtNanos;
        }

        void accept(CaseEvent event) {
            switch (event) {
                case CaseEvent.Opened opened ->
                        throw new IllegalStateException(
                                "case " + opened.caseId() + " opened twice");
                case CaseEvent.Frozen e -> {
                    state = CaseState.FROZEN;
                    progress = progress.waitUntil(e.retryAtNanos(), WaitReason.PRICE);
                }
                case CaseEvent.Unfrozen e -> {
                    state = CaseState.REDUCING;
                    progress = progress.waitUntil(e.timeNanos(), WaitReason.NOTHING);
                }
                case CaseEvent.OrderPlanned e -> planned(e);
                case CaseEvent.FundReserved e -> {
                    hold(e.asset(), e.amount());
                    replace(withStage(order(e.step()), CaseStep.Order.Stage.TO_SUBMIT));
                }
                case CaseEvent.OrderAbandoned e -> {
                    CaseStep.Order order = order(e.step());
                    replace(
                            finished(
                                    withStage(order, CaseStep.Order.Stage.ABANDONED),
                                    e.timeNanos()));
                    progress = progress.failedUntil(e.retryAtNanos(), WaitReason.FUND_COVER);
                }
                case CaseEvent.OrderEnded e -> replace(ended(order(e.step()), e.fills()));
                case CaseEvent.FillBooked e -> booked(e);
                case CaseEvent.FillRefused e ->
                        answerFill(order(e.step()), e.fillId(), CaseFill.Stage.REFUSED);
                case CaseEvent.OrderFinished e -> orderFinished(e);
                case CaseEvent.AttemptFailed e -> {
                    state = CaseState.REDUCING;
                    progress = progress.failedUntil(e.retryAtNanos(), e.reason());
                }
                case CaseEvent.AdlPlanned e -> planned(e);
                case CaseEvent.AdlCounterpartyBooked e ->
                        leg(e.step(), e.leg(), AdlLeg.Stage.COUNTERPARTY_BOOKED);
                case CaseEvent.AdlLegRefused e -> leg(e.step(), e.leg(), AdlLeg.Stage.REFUSED);
                case CaseEvent.AdlLegBooked e -> legBooked(e);
                case CaseEvent.AdlFinished e -> adlFinished(e);
                case CaseEvent.AdlPaused e -> {
                    state = CaseState.REDUCING;
                    progress =
                            new Progress(
                                    0,
                                    0,
                                    progress.pauses() + 1,
                                    e.untilNanos(),
                                    WaitReason.COUNTERPARTIES);
                }
                case CaseEvent.DrawPlanned e -> planned(e);
                case CaseEvent.FundDrawn e -> drawn(e);
                case CaseEvent.SettlementBooked e -> settled(e);
                case CaseEvent.SettlementRefused e -> settlementRefused(e);
                case CaseEvent.Uncovered e -> {
                    state = CaseState.UNCOVERED;
                    progress = progress.waitUntil(e.retryAtNanos(), WaitReason.FUND);
                }
                case CaseEvent.StepsExhausted e ->
                        progress = progress.waitUntil(e.retryAtNanos(), WaitReason.STEP_LIMIT);
                case CaseEvent.Closed e -> {
                    state = CaseState.CLOSED;
                    outcome = Optional.of(e.outcome());
                    held.clear();
                    progress = progress.waitUntil(e.timeNanos(), WaitReason.NOTHING);
                }
            }
        }

        private void planned(CaseEvent.OrderPlanned e) {
            state = CaseState.REDUCING;
            CaseStep.Order.Stage stage =
                    e.plan().fundNeed().isPositive()
                            ? CaseStep.Order.Stage.NEEDS_FUND
                            : CaseStep.Order.Stage.TO_SUBMIT;
            steps.add(
                    new CaseStep.Order(
                            e.step(),
                            e.plan(),
                            stage,
                            List.of(),
                            e.explanation(),
                            e.timeNanos(),
                            OptionalLong.empty()));
            progress = progress.waitUntil(e.timeNanos(), WaitReason.NOTHING);
        }

        private void planned(CaseEvent.AdlPlanned e) {
            state = CaseState.DELEVERAGING;
            List<AdlLeg> legs =
                    e.allocations().stream()
                            .map(allocation -> new AdlLeg(allocation, AdlLeg.Stage.PLANNED))
                            .toList();
            steps.add(
                    new CaseStep.Adl(
                            e.step(),
                            e.terms(),
                            legs,
                            e.explanation(),
                            e.timeNanos(),
                            OptionalLong.empty()));
            progress = progress.waitUntil(e.timeNanos(), WaitReason.NOTHING);
        }

        private void planned(CaseEvent.DrawPlanned e) {
            state = CaseState.COVERING;
            steps.add(
                    new CaseStep.Draw(
                            e.step(),
                            e.asset(),
                            e.deficit(),
                            Optional.empty(),
                            Optional.empty(),
                            e.explanation(),
                            e.timeNanos(),
                            OptionalLong.empty()));
            progress = progress.waitUntil(e.timeNanos(), WaitReason.NOTHING);
        }

        private void booked(CaseEvent.FillBooked e) {
            CaseFill fill = answerFill(order(e.step()), e.fillId(), CaseFill.Stage.BOOKED);
            Money notional = fill.fill().price().times(fill.fill().size(), Rounding.HALF_EVEN);
            totals =
                    new Totals(
                            totals.closedNotional().plus(notional),
                            totals.fee().plus(e.fee()),
                            totals.fundPaid(),
                            totals.adlNotional());
        }

        private void orderFinished(CaseEvent.OrderFinished e) {
            CaseStep.Order order = order(e.step());
            release(e.asset(), e.released());
            replace(finished(order, e.timeNanos()));
            progress =
                    order.filled().isZero()
                            ? progress.failedUntil(e.nextAtNanos(), WaitReason.UNFILLED)
                            : new Progress(0, 0, 0, e.nextAtNanos(), WaitReason.PACE);
        }

        private void legBooked(CaseEvent.AdlLegBooked e) {
            CaseStep.Adl adl = adl(e.step());
            leg(e.step(), e.leg(), AdlLeg.Stage.BOOKED);
            Money notional =
                    adl.price()
                            .times(adl.legs().get(e.leg()).allocation().size(), Rounding.HALF_EVEN);
            totals =
                    new Totals(
                            totals.closedNotional(),
                            totals.fee(),
                            totals.fundPaid(),
                            totals.adlNotional().plus(notional));
        }

        private void adlFinished(CaseEvent.AdlFinished e) {
            CaseStep.Adl adl = adl(e.step());
            Quantity closed = Quantity.ZERO;
            for (AdlLeg leg : adl.legs()) {
                if (leg.stage() == AdlLeg.Stage.BOOKED) {
                    closed = closed.plus(leg.allocation().size());
                }
            }
            boolean whole = closed.equals(adl.terms().size().abs());
            replace(
                    new CaseStep.Adl(
                            adl.number(),
                            adl.terms(),
                            adl.legs(),
                            adl.explanation(),
                            adl.plannedAtNanos(),
                            OptionalLong.of(e.timeNanos())));
            progress =
                    new Progress(
                            whole ? 0 : progress.attempts(),
                            whole ? 0 : progress.adlRounds() + 1,
                            closed.isZero() ? progress.pauses() : 0,
                            e.nextAtNanos(),
                            WaitReason.PACE);
        }

        private void drawn(CaseEvent.FundDrawn e) {
            release(e.asset(), e.released());
            CaseStep.Draw draw = draw(e.step());
            OptionalLong finishedAt =
                    e.amount().isZero() ? OptionalLong.of(e.timeNanos()) : OptionalLong.empty();
            replace(
                    new CaseStep.Draw(
                            draw.number(),
                            draw.asset(),
                            draw.deficit(),
                            Optional.of(e.amount()),
                            Optional.empty(),
                            draw.explanation(),
                            draw.plannedAtNanos(),
                            finishedAt));
        }

        private void settled(CaseEvent.SettlementBooked e) {
            CaseStep.Draw draw = draw(e.step());
            replace(answered(draw, Optional.empty(), e.timeNanos()));
            totals =
                    new Totals(
                            totals.closedNotional(),
                            totals.fee(),
                            totals.fundPaid().plus(draw.drawn().orElse(Money.ZERO)),
                            totals.adlNotional());
            progress = progress.waitUntil(e.timeNanos(), WaitReason.NOTHING);
        }

        private void settlementRefused(CaseEvent.SettlementRefused e) {
            replace(answered(draw(e.step()), Optional.of(e.reason()), e.timeNanos()));
            progress = progress.waitUntil(e.retryAtNanos(), WaitReason.REFUSED_SETTLEMENT);
        }

        private CaseFill answerFill(CaseStep.Order order, String fillId, CaseFill.Stage stage) {
            List<CaseFill> fills = new ArrayList<>(order.fills());
            for (int i = 0; i < fills.size(); i++) {
                if (fills.get(i).fill().fillId().equals(fillId)) {
                    fills.set(i, fills.get(i).with(stage));
                    replace(ended(order, fills));
                    return fills.get(i);
                }
            }
            throw new IllegalStateException("step " + order.number() + " has no fill " + fillId);
        }

        private void leg(int step, int leg, AdlLeg.Stage stage) {
            CaseStep.Adl adl = adl(step);
            List<AdlLeg> legs = new ArrayList<>(adl.legs());
            legs.set(leg, legs.get(leg).with(stage));
            replace(
                    new CaseStep.Adl(
                            adl.number(),
                            adl.terms(),
                            legs,
                            adl.explanation(),
                            adl.plannedAtNanos(),
                            adl.finishedAtNanos()));
        }

        private void hold(AssetId asset, Money amount) {
            held.put(asset, held.getOrDefault(asset, Money.ZERO).plus(amount));
        }

        private void release(AssetId asset, Money amount) {
            Money rest = held.getOrDefault(asset, Money.ZERO).minus(amount);
            if (rest.isNegative()) {
                throw new IllegalStateException(
                        "case " + opening.caseId() + " released " + amount + " more than it held");
            }
            if (rest.isZero()) {
                held.remove(asset);
            } else {
                held.put(asset, rest);
            }
        }

        private void replace(CaseStep step) {
            steps.set(step.number() - 1, step);
        }

        private CaseStep step(int number) {
            if (number < 1 || number > steps.size()) {
                throw new IllegalStateException(
                        "case " + opening.caseId() + " has no step " + number);
            }
            return steps.get(number - 1);
        }

        private CaseStep.Order order(int number) {
            if (step(number) instanceof CaseStep.Order order) {
                return order;
            }
            throw otherKind(number);
        }

        private CaseStep.Adl adl(int number) {
            if (step(number) instanceof CaseStep.Adl adl) {
                return adl;
            }
            throw otherKind(number);
        }

        private CaseStep.Draw draw(int number) {
            if (step(number) instanceof CaseStep.Draw draw) {
                return draw;
            }
            throw otherKind(number);
        }

        private IllegalStateException otherKind(int number) {
            return new IllegalStateException(
                    "case " + opening.caseId() + ": step " + number + " is of another kind");
        }

        private static CaseStep.Order withStage(CaseStep.Order order, CaseStep.Order.Stage stage) {
            return new CaseStep.Order(
                    order.number(),
                    order.plan(),
                    stage,
                    order.fills(),
                    order.explanation(),
                    order.plannedAtNanos(),
                    order.finishedAtNanos());
        }

        private static CaseStep.Order ended(CaseStep.Order order, List<CaseFill> fills) {
            return new CaseStep.Order(
                    order.number(),
                    order.plan(),
                    CaseStep.Order.Stage.ENDED,
                    fills,
                    order.explanation(),
                    order.plannedAtNanos(),
                    order.finishedAtNanos());
        }

        private static CaseStep.Order finished(CaseStep.Order order, long atNanos) {
            return new CaseStep.Order(
                    order.number(),
                    order.plan(),
                    order.stage(),
                    order.fills(),
                    order.explanation(),
                    order.plannedAtNanos(),
                    OptionalLong.of(atNanos));
        }

        private static CaseStep.Draw answered(
                CaseStep.Draw draw, Optional<String> refusal, long atNanos) {
            return new CaseStep.Draw(
                    draw.number(),
                    draw.asset(),
                    draw.deficit(),
                    draw.drawn(),
                    refusal,
                    draw.explanation(),
                    draw.plannedAtNanos(),
                    OptionalLong.of(atNanos));
        }
    }
}

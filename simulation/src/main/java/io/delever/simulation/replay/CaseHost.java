package io.delever.simulation.replay;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountView;
import io.delever.engine.deleveraging.AdlCandidate;
import io.delever.engine.deleveraging.AdlPlan;
import io.delever.engine.deleveraging.AdlPolicy;
import io.delever.engine.deleveraging.AdlRequest;
import io.delever.engine.liquidation.AccountObservation;
import io.delever.engine.liquidation.AdlAllocation;
import io.delever.engine.liquidation.CaseAction;
import io.delever.engine.liquidation.CaseDecision;
import io.delever.engine.liquidation.CaseEngine;
import io.delever.engine.liquidation.CaseEvent;
import io.delever.engine.liquidation.CaseFunding;
import io.delever.engine.liquidation.CaseId;
import io.delever.engine.liquidation.CaseInput;
import io.delever.engine.liquidation.FundBalance;
import io.delever.engine.liquidation.FundCommand;
import io.delever.engine.liquidation.InsuranceFund;
import io.delever.engine.liquidation.LiquidationCase;
import io.delever.engine.liquidation.MarketDepth;
import io.delever.engine.liquidation.OrderFill;
import io.delever.engine.liquidation.OrderStatus;
import io.delever.engine.margin.AccountCommand;
import io.delever.engine.margin.FeeBeneficiary;
import io.delever.engine.margin.ProfitablePosition;
import io.delever.engine.margin.Reply;
import io.delever.engine.margin.RiskState;
import io.delever.engine.margin.RiskTransition;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.Instrument;
import io.delever.engine.money.Money;
import io.delever.simulation.population.OpeningCommands;
import io.delever.simulation.scenario.LiquidationSpec;
import io.delever.simulation.scenario.Scenario;
import io.delever.simulation.venue.OrderRequest;
import io.delever.simulation.venue.PaperVenue;
import io.delever.simulation.venue.VenueFill;
import io.delever.simulation.venue.VenueOrder;
import io.delever.simulation.venue.VenueTime;
import io.delever.simulation.venue.VisibleDepth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Runs the liquidation cases: carries out what the case engine asks for against the ledger, the
 * fund and the paper venue, in one thread and on market time. Cases that are due at the same time
 * go in the order of their ids.
 */
final class CaseHost {
    private static final int MOST_CANDIDATES = 25;

    private final LiquidationSpec spec;
    private final CaseEngine engine;
    private final InsuranceFund fund;
    private final Accounts accounts;
    private final PaperVenue venue;
    private final CaseListener listener;
    private final Map<CaseId, LiquidationCase> cases = new TreeMap<>();
    private final Map<AccountId, CaseId> open = new TreeMap<>();
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private int opened;
    private long now;

    /** Takes what happens, for log and measures. */
    interface CaseListener {
        /** A case after its events were applied. */
        void happened(LiquidationCase after, List<CaseEvent> events);

        /** Fills of an order at the venue, in order; may be empty. */
        void ordered(VenueOrder order);
    }

    CaseHost(Scenario scenario, Accounts accounts, PaperVenue venue, CaseListener listener) {
        this.spec = scenario.liquidation();
        this.engine = new CaseEngine(spec.parameters());
        this.fund = new InsuranceFund(Map.of(scenario.unitOfAccount(), spec.fundFloor()));
        this.accounts = accounts;
        this.venue = venue;
        this.listener = listener;
    }

    /** Capital for the fund. */
    void contribute(String id, AssetId asset, Money amount, long timeNanos) {
        if (amount.isPositive()) {
            fund.decide(new FundCommand.Contribute(id, asset, amount, timeNanos))
                    .events()
                    .forEach(fund::apply);
        }
    }

    InsuranceFund fund() {
        return fund;
    }

    Collection<LiquidationCase> cases() {
        return Collections.unmodifiableCollection(cases.values());
    }

    /** Opens cases for who needs one, then runs everything that is due. */
    void run(long timeNanos) {
        now = timeNanos;
        admit();
        while (!due.isEmpty() && due.peek().atNanos() <= now) {
            CaseId id = due.poll().caseId();
            advance(id);
            admit();
        }
    }

    private void admit() {
        for (RiskTransition transition : accounts.takeTransitions()) {
            boolean reduce =
                    transition.current() == RiskState.LIQUIDATABLE
                            || transition.current() == RiskState.BANKRUPT;
            if (reduce && !open.containsKey(transition.account())) {
                begin(transition.account());
            }
        }
    }

    private void begin(AccountId account) {
        CaseId id = new CaseId("case-%06d".formatted(opened + 1));
        CaseDecision decision = engine.open(id, observe(account));
        if (decision.events().isEmpty()) {
            return;
        }
        opened++;
        LiquidationCase begun = LiquidationCase.replay(decision.events());
        cases.put(id, begun);
        open.put(account, id);
        listener.happened(begun, decision.events());
        due.add(new Due(now, id));
    }

    /** Carries out one case's actions until it waits or has ended. */
    private void advance(CaseId id) {
        LiquidationCase one = existing(id);
        Optional<CaseAction> action = engine.pendingAction(one);
        while (action.isPresent()) {
            if (action.get() instanceof CaseAction.ObserveAccount wait
                    && wait.notBeforeNanos() > now) {
                due.add(new Due(wait.notBeforeNanos(), id));
                return;
            }
            CaseDecision decision = engine.decide(one, carryOut(action.get()));
            CaseFunding.apply(one, decision.events(), fund);
            one = one.applyAll(decision.events());
            cases.put(id, one);
            if (!decision.events().isEmpty()) {
                listener.happened(one, decision.events());
            }
            action = decision.action();
        }
        open.remove(one.account());
    }

    private LiquidationCase existing(CaseId id) {
        LiquidationCase one = cases.get(id);
        if (one == null) {
            throw new IllegalStateException("no case " + id);
        }
        return one;
    }

    private CaseInput carryOut(CaseAction action) {
        return switch (action) {
            case CaseAction.ObserveAccount look ->
                    new CaseInput.AccountObserved(observe(look.account()));
            case CaseAction.ObserveDepth look ->
                    new CaseInput.DepthObserved(look.observation(), depth(look), now);
            case CaseAction.ReserveFund reserve -> CaseFunding.answer(reserve, fund, now);
            case CaseAction.DrawFund draw -> CaseFunding.answer(draw, fund, now);
            case CaseAction.SubmitOrder submit -> order(submit);
            case CaseAction.BookFill fill ->
                    answered(
                            accounts.take(
                                    fill.commandId(),
                                    now,
                                    new AccountCommand.Fill(
                                            fill.account(),
                                            fill.instrument(),
                                            fill.size(),
                                            fill.price(),
                                            fill.fee(),
                                            FeeBeneficiary.INSURANCE_FUND,
                                            fill.reduceOnly(),
                                            fill.tradeId(),
                                            Optional.of(fill.caseId().value()))));
            case CaseAction.PlanAdl plan -> new CaseInput.AdlAnswered(plan, allocations(plan), now);
            case CaseAction.BookSettlement settle ->
                    answered(
                            accounts.take(
                                    settle.commandId(),
                                    now,
                                    new AccountCommand.InsuranceSettlement(
                                            settle.account(),
                                            settle.asset(),
                                            settle.amount(),
                                            Optional.of(settle.caseId().value()))));
        };
    }

    private AccountObservation observe(AccountId id) {
        AccountView account = accounts.account(id);
        SortedMap<AssetId, Money> available = new TreeMap<>();
        for (FundBalance balance : fund.balances()) {
            available.put(balance.asset(), balance.available());
        }
        return new AccountObservation(
                account, accounts.margin(account), accounts.market(), available, now);
    }

    private MarketDepth depth(CaseAction.ObserveDepth look) {
        VisibleDepth visible =
                venue.depth(look.instrument(), time())
                        .orElseThrow(
                                () -> new IllegalStateException("unlisted " + look.instrument()));
        return new MarketDepth(look.instrument(), levels(visible.bids()), levels(visible.asks()));
    }

    private static List<MarketDepth.Level> levels(List<VisibleDepth.Level> shown) {
        return shown.stream()
                .map(level -> new MarketDepth.Level(level.price(), level.size()))
                .toList();
    }

    private CaseInput order(CaseAction.SubmitOrder submit) {
        VenueOrder order =
                venue.submit(
                        new OrderRequest(
                                submit.clientOrderId(),
                                submit.account().value(),
                                submit.instrument().value(),
                                submit.size().e8(),
                                submit.limit().e8()),
                        time());
        List<OrderFill> fills = new ArrayList<>();
        for (VenueFill fill : order.fills()) {
            fills.add(new OrderFill(fill.fillId(), fill.size().abs(), fill.price()));
            Reply reply =
                    accounts.take(
                            "maker:" + fill.fillId(),
                            now,
                            OpeningCommands.makerFill(
                                    fill.maker(),
                                    fill.instrument(),
                                    fill.size().negate(),
                                    fill.price(),
                                    fill.fillId()));
            if (reply instanceof Reply.Rejected rejected) {
                throw new IllegalStateException("a maker's fill was refused: " + rejected);
            }
        }
        listener.ordered(order);
        OrderStatus status =
                switch (order.status()) {
                    case FILLED -> OrderStatus.FILLED;
                    case EXPIRED -> OrderStatus.EXPIRED;
                    case REJECTED -> OrderStatus.REJECTED;
                };
        return new CaseInput.OrderResolved(status, fills, order.rejectReason(), now);
    }

    private CaseInput answered(Reply reply) {
        return switch (reply) {
            case Reply.Accepted accepted -> CaseInput.CommandAnswered.acknowledged(now);
            case Reply.Rejected rejected ->
                    CaseInput.CommandAnswered.refused(
                            rejected.reason() + ": " + rejected.detail(), now);
        };
    }

    private List<AdlAllocation> allocations(CaseAction.PlanAdl plan) {
        var terms = plan.terms();
        // Who buys back a short meets longs, and the other way round.
        boolean winnersAreLong = terms.size().isLong();
        Instrument instrument = accounts.market().instrument(terms.instrument()).orElseThrow();
        AdlRequest request =
                new AdlRequest(
                        terms.instrument(),
                        terms.size(),
                        new AdlRequest.Prices(terms.price(), terms.mark()),
                        instrument.lotSize(),
                        new AdlRequest.Limits(spec.adlSeverity(), spec.adlProfitCap()));
        List<AdlCandidate> candidates = new ArrayList<>();
        for (ProfitablePosition one :
                accounts.profitable(terms.instrument(), winnersAreLong, MOST_CANDIDATES)) {
            if (!one.account().equals(plan.account())) {
                candidates.add(
                        new AdlCandidate(
                                one.account(),
                                one.position().size(),
                                one.unrealizedPnl(),
                                one.equity()));
            }
        }
        AdlPlan shared = AdlPolicy.CAPPED_PRO_RATA.plan(request, candidates);
        return shared.allocations().stream()
                .map(part -> new AdlAllocation(part.account(), part.size().abs()))
                .toList();
    }

    private VenueTime time() {
        return new VenueTime(now, now);
    }

    private record Due(long atNanos, CaseId caseId) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : caseId.compareTo(other.caseId);
        }
    }
}

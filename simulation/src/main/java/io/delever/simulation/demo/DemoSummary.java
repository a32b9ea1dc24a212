package io.delever.simulation.demo;

import io.delever.contracts.liquidation.v1.Case;
import io.delever.contracts.liquidation.v1.CaseState;
import io.delever.contracts.liquidation.v1.CaseStep;
import io.delever.contracts.liquidation.v1.FundBalance;
import io.delever.contracts.liquidation.v1.GetCaseRequest;
import io.delever.contracts.liquidation.v1.GetInsuranceFundRequest;
import io.delever.contracts.liquidation.v1.GetInsuranceFundResponse;
import io.delever.contracts.liquidation.v1.InsuranceFundServiceGrpc;
import io.delever.contracts.liquidation.v1.LiquidationServiceGrpc;
import io.delever.contracts.liquidation.v1.ListCasesRequest;
import io.delever.contracts.liquidation.v1.ListCasesResponse;
import io.delever.contracts.margin.v1.AssetConservation;
import io.delever.contracts.margin.v1.GetConservationRequest;
import io.delever.contracts.margin.v1.GetConservationResponse;
import io.delever.contracts.margin.v1.InstrumentConservation;
import io.delever.contracts.margin.v1.MarginServiceGrpc;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Quantity;
import io.delever.simulation.replay.EventLog;
import io.delever.simulation.report.RunSummary;
import io.delever.simulation.scenario.InstrumentSpec;
import io.delever.simulation.scenario.Scenario;
import io.delever.simulation.stack.ServiceName;
import io.delever.simulation.stack.StackException;
import io.delever.simulation.venue.PriceMove;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Sums up a demo from what the services themselves answer. */
final class DemoSummary {
    private static final int PAGE = 1_000;
    private static final Duration LOOK = Duration.ofMillis(700);
    private static final Duration CALL_LIMIT = Duration.ofMinutes(1);
    private static final Duration CALL = Duration.ofSeconds(10);

    private final Scenario scenario;
    private final Channels channels;
    private final RunNames names;
    private final long beganNanos;
    private final Runnable health;

    /** What the demo itself counted. */
    record Local(
            long ticks,
            long accepted,
            SortedMap<String, Long> rejected,
            long badRows,
            int makers,
            int restarts,
            SortedMap<InstrumentId, PriceMove> moves,
            String trouble,
            Optional<String> unrest) {}

    DemoSummary(
            Scenario scenario,
            Channels channels,
            RunNames names,
            long beganNanos,
            Runnable health) {
        this.scenario = scenario;
        this.channels = channels;
        this.names = names;
        this.beganNanos = beganNanos;
        this.health = health;
    }

    /**
     * Waits until nothing moves any more; open cases may remain where the market gives them nothing
     * to do.
     *
     * @param limits how long
     * @param makers books the makers' side of the fills
     * @param shows told at every look what is waited for
     * @return why the wait was given up; empty where everything came to rest
     */
    Optional<String> awaitRest(
            RestWatch.Limits limits, MakerReporter makers, Consumer<String> shows) {
        RestWatch watch = new RestWatch(limits, System.nanoTime());
        while (true) {
            health.run();
            switch (watch.look(sample(makers), System.nanoTime())) {
                case RestWatch.Verdict.Rested rested -> {
                    return Optional.empty();
                }
                case RestWatch.Verdict.GaveUp(String why) -> {
                    return Optional.of(why);
                }
                case RestWatch.Verdict.Waiting(String what) -> shows.accept(what);
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private RestWatch.Sample sample(MakerReporter makers) {
        // Read before the totals: a fill that is booked in between shows as movement at the next
        // look, and never as settled too early.
        int waiting = makers.unacknowledged();
        long open = page("", 1, true).getTotalCount();
        GetConservationResponse now = conservation();
        return new RestWatch.Sample(
                now.getCommandCount(), makers.reported(), waiting, open, unbalanced(now));
    }

    RunSummary sumUp(Local local) {
        List<Case> cases = cases();
        Money closed = Money.ZERO;
        Money fees = Money.ZERO;
        Money adl = Money.ZERO;
        SortedMap<String, Long> outcomes = new TreeMap<>();
        Set<String> liquidated = new HashSet<>();
        Set<String> winners = new HashSet<>();
        for (Case one : cases) {
            closed = closed.plus(new Money(one.getClosedNotionalE8()));
            fees = fees.plus(new Money(one.getFeeE8()));
            adl = adl.plus(new Money(one.getAdlNotionalE8()));
            outcomes.merge(outcome(one), 1L, Long::sum);
            liquidated.add(one.getAccountId());
            if (one.getAdlNotionalE8() > 0) {
                winners.addAll(winners(one.getCaseId()));
            }
        }
        GetInsuranceFundResponse fundAnswer = fund();
        FundBalance fund = unitBalance(fundAnswer);
        return new RunSummary(
                new RunSummary.Header(
                        scenario.name(),
                        scenario.seed(),
                        EventLog.time(scenario.fromNanos()),
                        EventLog.time(scenario.toNanos()),
                        local.restarts()),
                new RunSummary.Ticks(
                        local.ticks(), local.accepted(), local.rejected(), local.badRows()),
                new RunSummary.Accounts(
                        scenario.population().accounts(), local.makers(), liquidated.size()),
                new RunSummary.Cases(cases.size(), outcomes, closed, fees),
                new RunSummary.Fund(
                        new Money(fund.getContributionsE8()),
                        new Money(fund.getFeesE8()),
                        new Money(fund.getPaidE8()),
                        new Money(fund.getBalanceE8())),
                new RunSummary.Adl(adl, winners.size()),
                moves(local.moves()),
                checks(fundAnswer, local));
    }

    private List<RunSummary.InstrumentMove> moves(SortedMap<InstrumentId, PriceMove> moves) {
        List<RunSummary.InstrumentMove> lines = new ArrayList<>();
        for (InstrumentSpec spec : scenario.instruments()) {
            PriceMove move = moves.get(spec.id());
            if (move != null) {
                lines.add(
                        new RunSummary.InstrumentMove(
                                spec.id().value(),
                                move.opening(),
                                move.lowestReference(),
                                move.referenceFallPpm(),
                                move.lowestTraded(),
                                move.amplificationPpm(),
                                move.greatestDisplacementPpm()));
            }
        }
        return lines;
    }

    private List<RunSummary.Check> checks(GetInsuranceFundResponse fund, Local local) {
        GetConservationResponse totals = conservation();
        List<RunSummary.Check> checks = new ArrayList<>();
        for (AssetConservation one : totals.getAssetsList()) {
            checks.add(
                    new RunSummary.Check(
                            "money " + one.getAssetId(),
                            one.getResidueE8() == 0 && one.getClearingE8() == 0,
                            "accounts %s + clearing %s + venue fees %s + insurance %s - net deposits %s = %s"
                                    .formatted(
                                            new Money(one.getAccountsE8()),
                                            new Money(one.getClearingE8()),
                                            new Money(one.getVenueFeesE8()),
                                            new Money(one.getInsuranceE8()),
                                            new Money(one.getNetDepositsE8()),
                                            new Money(one.getResidueE8()))));
        }
        long unbalanced =
                totals.getInstrumentsList().stream()
                        .filter(one -> one.getResidueSizeE8() != 0 || one.getClearingSizeE8() != 0)
                        .count();
        checks.add(
                new RunSummary.Check(
                        "size of every instrument",
                        unbalanced == 0 && totals.getConserved(),
                        sizes(totals, unbalanced)));
        FundBalance balance = unitBalance(fund);
        long insurance =
                totals.getAssetsList().stream()
                        .filter(one -> one.getAssetId().equals(scenario.unitOfAccount().value()))
                        .mapToLong(AssetConservation::getInsuranceE8)
                        .sum();
        checks.add(
                new RunSummary.Check(
                        "insurance fund",
                        fund.getBalanced()
                                && balance.getBalanceE8()
                                        == balance.getContributionsE8() + insurance,
                        "balance %s = contributions %s + insurance sum of the accounts %s"
                                .formatted(
                                        new Money(balance.getBalanceE8()),
                                        new Money(balance.getContributionsE8()),
                                        new Money(insurance))));
        checks.add(
                new RunSummary.Check(
                        "makers' fills",
                        local.trouble().isEmpty(),
                        local.trouble().isEmpty() ? "every fill is booked once" : local.trouble()));
        checks.add(
                new RunSummary.Check(
                        "rest",
                        local.unrest().isEmpty(),
                        local.unrest().orElse("nothing moved any more")));
        return checks;
    }

    private static String sizes(GetConservationResponse totals, long unbalanced) {
        if (unbalanced == 0) {
            return totals.getInstrumentsCount()
                    + " instruments, accounts + clearing = 0 and clearing = 0 in each, over "
                    + totals.getCommandCount()
                    + " commands";
        }
        InstrumentConservation first =
                totals.getInstrumentsList().stream()
                        .filter(one -> one.getResidueSizeE8() != 0 || one.getClearingSizeE8() != 0)
                        .findFirst()
                        .orElseThrow();
        return unbalanced
                + " instruments are off, the first is "
                + first.getInstrumentId()
                + ": clearing "
                + new Quantity(first.getClearingSizeE8())
                + ", residue "
                + new Quantity(first.getResidueSizeE8());
    }

    private static List<String> unbalanced(GetConservationResponse totals) {
        List<String> names = new ArrayList<>();
        totals.getInstrumentsList().stream()
                .filter(one -> one.getClearingSizeE8() != 0)
                .forEach(one -> names.add(one.getInstrumentId()));
        totals.getAssetsList().stream()
                .filter(one -> one.getClearingE8() != 0)
                .forEach(one -> names.add(one.getAssetId()));
        return names;
    }

    private static String outcome(Case one) {
        return one.getState() == CaseState.CASE_STATE_CLOSED
                ? one.getOutcome().name().replace("CASE_OUTCOME_", "")
                : "STILL_" + one.getState().name().replace("CASE_STATE_", "");
    }

    private List<Case> cases() {
        List<Case> ours = new ArrayList<>();
        String token = "";
        do {
            ListCasesResponse response = page(token, PAGE, false);
            response.getCasesList().stream()
                    .filter(one -> names.isOurs(one.getAccountId()))
                    .filter(one -> one.getOpenedAtNanos() >= beganNanos)
                    .forEach(ours::add);
            token = response.getNextPageToken();
        } while (!token.isEmpty());
        return ours;
    }

    private ListCasesResponse page(String token, int size, boolean openOnly) {
        return patiently(
                () ->
                        LiquidationServiceGrpc.newBlockingStub(channels.to(ServiceName.LIQUIDATION))
                                .withDeadlineAfter(CALL)
                                .listCases(
                                        ListCasesRequest.newBuilder()
                                                .setPageSize(size)
                                                .setPageToken(token)
                                                .setOpenOnly(openOnly)
                                                .build()));
    }

    private Set<String> winners(String caseId) {
        Case one =
                patiently(
                                () ->
                                        LiquidationServiceGrpc.newBlockingStub(
                                                        channels.to(ServiceName.LIQUIDATION))
                                                .withDeadlineAfter(CALL)
                                                .getCase(
                                                        GetCaseRequest.newBuilder()
                                                                .setCaseId(caseId)
                                                                .build()))
                        .getCase();
        Set<String> accounts = new HashSet<>();
        for (CaseStep step : one.getStepsList()) {
            step.getFillsList().stream()
                    .filter(fill -> !fill.getCounterpartyAccountId().isEmpty())
                    .filter(fill -> fill.getBooked())
                    .forEach(fill -> accounts.add(fill.getCounterpartyAccountId()));
        }
        return accounts;
    }

    private GetConservationResponse conservation() {
        return patiently(
                () ->
                        MarginServiceGrpc.newBlockingStub(channels.to(ServiceName.MARGIN))
                                .withDeadlineAfter(CALL)
                                .getConservation(GetConservationRequest.getDefaultInstance()));
    }

    private GetInsuranceFundResponse fund() {
        return patiently(
                () ->
                        InsuranceFundServiceGrpc.newBlockingStub(
                                        channels.to(ServiceName.LIQUIDATION))
                                .withDeadlineAfter(CALL)
                                .getInsuranceFund(GetInsuranceFundRequest.getDefaultInstance()));
    }

    private FundBalance unitBalance(GetInsuranceFundResponse fund) {
        return fund.getBalancesList().stream()
                .filter(one -> one.getAssetId().equals(scenario.unitOfAccount().value()))
                .findFirst()
                .orElse(FundBalance.getDefaultInstance());
    }

    /** A service may be on its way back; a read is simply asked again for a while. */
    private <T> T patiently(Supplier<T> call) {
        long deadline = System.nanoTime() + CALL_LIMIT.toNanos();
        while (true) {
            try {
                return call.get();
            } catch (StatusRuntimeException e) {
                boolean passing =
                        e.getStatus().getCode() == Status.Code.UNAVAILABLE
                                || e.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED
                                || e.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED;
                if (!passing || System.nanoTime() > deadline) {
                    throw new StackException("a service did not answer: " + e.getStatus(), e);
                }
                health.run();
                channels.retryNow();
                LockSupport.parkNanos(LOOK.toNanos());
            }
        }
    }
}

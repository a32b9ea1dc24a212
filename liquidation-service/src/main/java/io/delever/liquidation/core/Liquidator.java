package io.delever.liquidation.core;

import io.delever.engine.account.AccountId;
import io.delever.engine.liquidation.CaseEngine;
import io.delever.engine.liquidation.CaseId;
import io.delever.engine.liquidation.FundCommand;
import io.delever.engine.liquidation.FundReply;
import io.delever.engine.liquidation.LiquidationCase;
import io.delever.engine.margin.RiskState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs the cases of all accounts: at most one for each account, a bounded number of them doing
 * something at the same time, each on its own virtual thread (LSVC-001).
 */
public final class Liquidator {
    private final Surroundings around;
    private final CasePorts ports;
    private final FundDesk fund;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final AtomicLong nextCase = new AtomicLong(1);
    private final Map<AccountId, CaseRunner> runners = new ConcurrentHashMap<>();
    private final Map<AccountId, Thread> threads = new ConcurrentHashMap<>();
    private final Map<AccountId, String> broken = new ConcurrentHashMap<>();

    /** Accounts reported sick, each with the number of the report. */
    private final Map<AccountId, Long> sick = new TreeMap<>();

    private long reports;
    private boolean started;

    /** A liquidator that does nothing before {@link #start}. */
    public Liquidator(CaseSettings settings, CasePorts ports, CaseHub hub, FundDesk fund) {
        this.ports = ports;
        this.fund = fund;
        around =
                new Surroundings(
                        settings,
                        new CaseEngine(settings.parameters()),
                        ports.store(),
                        ports.margin(),
                        ports.venue(),
                        fund,
                        hub,
                        ports.metrics(),
                        ports.clock(),
                        new Semaphore(settings.maxInFlight(), true),
                        this::newCaseId,
                        stopping,
                        (account, e) ->
                                ports.trouble()
                                        .tell("case of " + account + " tries again", e, false));
    }

    /** The time of opening and a count within this run, so that no id ever comes twice. */
    private CaseId newCaseId() {
        long millis = ports.clock().instant().toEpochMilli();
        return new CaseId(
                Long.toString(millis, Character.MAX_RADIX)
                        + "."
                        + Long.toString(nextCase.getAndIncrement(), Character.MAX_RADIX));
    }

    /**
     * Goes on with every open case; from then on reports are acted on.
     *
     * @throws UnreachableException where the store does not answer; may be called again
     */
    public void start() {
        List<StoredCase> open = ports.store().openCases();
        open.forEach(stored -> around.hub().changed(stored.value()));
        List<AccountId> waiting;
        synchronized (this) {
            for (StoredCase stored : open) {
                run(stored.value().account(), CaseRunner.resumed(stored, around));
            }
            started = true;
            waiting = List.copyOf(sick.keySet());
        }
        waiting.forEach(this::detect);
    }

    /** Lets every case finish what it is doing, and ends; waits no longer than the limit. */
    public void stop(Duration limit) throws InterruptedException {
        stopping.set(true);
        runners.values().forEach(runner -> runner.wake(CaseRunner.Wake.STOPPING));
        Instant end = ports.clock().instant().plus(limit);
        for (Thread thread : new ArrayList<>(threads.values())) {
            Duration left = Duration.between(ports.clock().instant(), end);
            if (!thread.join(left.isPositive() ? left : Duration.ofMillis(1))) {
                ports.trouble()
                        .tell(
                                thread.getName() + " did not end in time",
                                new IllegalStateException(),
                                false);
            }
        }
    }

    /** The risk state of an account changed. */
    public void riskChanged(AccountId account, RiskState state) {
        boolean isSick = state == RiskState.LIQUIDATABLE || state == RiskState.BANKRUPT;
        synchronized (this) {
            if (isSick) {
                reports++;
                sick.put(account, reports);
            } else {
                sick.remove(account);
            }
        }
        CaseRunner runner = runners.get(account);
        if (runner != null) {
            runner.wake(isWell(state) ? CaseRunner.Wake.NOT_SICK : CaseRunner.Wake.RISK_CHANGED);
        } else if (isSick) {
            detect(account);
        }
    }

    private static boolean isWell(RiskState state) {
        return switch (state) {
            case HEALTHY, MARGIN_CALL -> true;
            case LIQUIDATABLE, BANKRUPT, PRICE_UNAVAILABLE -> false;
        };
    }

    /** Every account that is not healthy, and nobody else. */
    public void riskSnapshot(Map<AccountId, RiskState> notHealthy) {
        Set<AccountId> others = new HashSet<>(runners.keySet());
        synchronized (this) {
            others.addAll(sick.keySet());
        }
        others.removeAll(notHealthy.keySet());
        others.forEach(account -> riskChanged(account, RiskState.HEALTHY));
        notHealthy.forEach(this::riskChanged);
    }

    /** Capital from the venue; cases that wait for the fund look again. */
    public FundReply contribute(FundCommand.Contribute command) {
        FundReply reply = fund.contribute(command);
        runners.values().forEach(runner -> runner.wake(CaseRunner.Wake.FUND_FILLED));
        return reply;
    }

    /** Accounts whose case met a broken invariant, with what was broken; a person has to look. */
    public Map<AccountId, String> broken() {
        return Map.copyOf(broken);
    }

    /** Number of cases under way, waiting ones included. */
    public int running() {
        return runners.size();
    }

    private void detect(AccountId account) {
        synchronized (this) {
            if (!started
                    || stopping.get()
                    || !sick.containsKey(account)
                    || broken.containsKey(account)
                    || runners.containsKey(account)
                    || runners.size() >= around.settings().maxOpen()) {
                return;
            }
            run(account, CaseRunner.detected(account, around));
        }
    }

    private void run(AccountId account, CaseRunner runner) {
        runners.put(account, runner);
        threads.put(
                account,
                Thread.ofVirtual().name("case-" + account).start(() -> work(account, runner)));
    }

    private void work(AccountId account, CaseRunner runner) {
        long[] reportBeforeLook = {0};
        try {
            runner.run(() -> reportBeforeLook[0] = reportOf(account));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            // The top of the case's thread: whatever broke, the other cases go on and a person is
            // told.
            broken.put(account, String.valueOf(e.getMessage()));
            ports.metrics().broken();
            ports.trouble()
                    .tell(
                            "case of "
                                    + account
                                    + " stops"
                                    + runner.value()
                                            .map(LiquidationCase::id)
                                            .map(id -> ": " + id)
                                            .orElse(""),
                            e,
                            true);
        } finally {
            ended(account, reportBeforeLook[0]);
        }
    }

    private synchronized long reportOf(AccountId account) {
        return sick.getOrDefault(account, 0L);
    }

    /**
     * A report that came after the last look opens the next case; an older one was answered by that
     * look.
     */
    private void ended(AccountId account, long reportBeforeLook) {
        List<AccountId> next = new ArrayList<>();
        synchronized (this) {
            runners.remove(account);
            threads.remove(account);
            if (reportOf(account) == reportBeforeLook) {
                sick.remove(account);
            }
            if (sick.containsKey(account)) {
                next.add(account);
            }
            if (next.isEmpty()) {
                sick.keySet().stream()
                        .filter(other -> !runners.containsKey(other) && !broken.containsKey(other))
                        .findFirst()
                        .ifPresent(next::add);
            }
        }
        next.forEach(this::detect);
    }
}

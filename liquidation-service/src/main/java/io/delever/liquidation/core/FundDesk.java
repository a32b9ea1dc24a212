package io.delever.liquidation.core;

import io.delever.engine.liquidation.CaseDecision;
import io.delever.engine.liquidation.CaseFunding;
import io.delever.engine.liquidation.FundBalance;
import io.delever.engine.liquidation.FundCommand;
import io.delever.engine.liquidation.FundDecision;
import io.delever.engine.liquidation.FundEvent;
import io.delever.engine.liquidation.FundReply;
import io.delever.engine.liquidation.InsuranceFund;
import io.delever.engine.liquidation.LiquidationCase;
import io.delever.engine.market.AssetId;
import io.delever.engine.money.Money;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * The insurance fund with one user at a time. What is decided here is persisted before anybody else
 * may look; where that fails the fund is read again before the next use (LSVC-010).
 */
public final class FundDesk {
    private final CaseStore store;
    private final Map<AssetId, Money> floors;
    private final ReentrantLock lock = new ReentrantLock(true);
    private InsuranceFund fund;
    private long entries;
    private boolean current;
    private volatile List<FundBalance> shown = List.of();
    private volatile SortedMap<AssetId, Money> available = Collections.emptySortedMap();

    /** A desk that has not read the fund yet. */
    public FundDesk(CaseStore store, Map<AssetId, Money> floors) {
        this.store = store;
        this.floors = Map.copyOf(floors);
        fund = new InsuranceFund(floors);
    }

    /**
     * Reads the fund where that is needed and returns what is wrong with its ledger; empty where
     * all is right.
     */
    public List<String> verify() {
        return locked(InsuranceFund::verify);
    }

    /**
     * Asks the store whether it is there.
     *
     * @throws UnreachableException where it is not
     */
    public void ping() {
        store.entries(1, 1);
    }

    /** The newest persisted figures, ordered by asset. */
    public List<FundBalance> balances() {
        return shown;
    }

    /** What could be drawn or reserved, per asset, as of the newest persisted figures. */
    public SortedMap<AssetId, Money> available() {
        return available;
    }

    /** Decides about a case with the fund in hand, and persists both. */
    CaseDecision commit(
            LiquidationCase now, int eventsBefore, Function<InsuranceFund, CaseDecision> decide) {
        return locked(
                held -> {
                    CaseDecision decision = decide.apply(held);
                    current = false;
                    List<FundEvent> events = CaseFunding.apply(now, decision.events(), held);
                    store.commit(
                            new CaseCommit(
                                    now.applyAll(decision.events()),
                                    eventsBefore,
                                    decision.events(),
                                    events,
                                    entries));
                    posted(events);
                    return decision;
                });
    }

    /** Capital from the venue; a repeated id gets its first answer. */
    public FundReply contribute(FundCommand.Contribute command) {
        return locked(
                held -> {
                    FundDecision decision = held.decide(command);
                    if (!decision.events().isEmpty()) {
                        current = false;
                        store.commitFund(decision.events(), entries);
                        decision.events().forEach(held::apply);
                        posted(decision.events());
                    }
                    return decision.reply();
                });
    }

    private void posted(List<FundEvent> events) {
        entries += events.stream().filter(FundEvent.EntryPosted.class::isInstance).count();
        current = true;
        show();
    }

    private <T> T locked(Function<InsuranceFund, T> use) {
        lock.lock();
        try {
            if (!current) {
                read();
            }
            return use.apply(fund);
        } finally {
            lock.unlock();
        }
    }

    private void read() {
        InsuranceFund fresh = new InsuranceFund(floors);
        List<FundEvent> events = store.fundEvents();
        events.forEach(fresh::apply);
        fund = fresh;
        entries = 0;
        posted(events);
    }

    private void show() {
        List<FundBalance> balances = List.copyOf(fund.balances());
        SortedMap<AssetId, Money> free = new TreeMap<>();
        balances.forEach(balance -> free.put(balance.asset(), balance.available()));
        shown = balances;
        available = Collections.unmodifiableSortedMap(free);
    }
}

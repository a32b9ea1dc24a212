package io.delever.liquidation.core;

import io.delever.engine.liquidation.CaseEvent;
import io.delever.engine.liquidation.CaseId;
import io.delever.engine.liquidation.FundEvent;
import io.delever.engine.liquidation.LiquidationCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A store in memory that can fail before or after it has taken a commit. */
final class MemoryStore implements CaseStore {
    private final Map<CaseId, List<CaseEvent>> cases = new TreeMap<>();
    private final List<FundEvent> fund = new ArrayList<>();
    private int failBefore;
    private int failAfter;

    synchronized void failNext(boolean after) {
        failBefore += after ? 0 : 1;
        failAfter += after ? 1 : 0;
    }

    @Override
    public synchronized List<StoredCase> openCases() {
        return cases.values().stream()
                .map(MemoryStore::stored)
                .filter(each -> !each.value().isClosed())
                .toList();
    }

    synchronized List<LiquidationCase> all() {
        return cases.values().stream().map(LiquidationCase::replay).toList();
    }

    @Override
    public synchronized Optional<StoredCase> find(CaseId id) {
        return Optional.ofNullable(cases.get(id)).map(MemoryStore::stored);
    }

    private static StoredCase stored(List<CaseEvent> events) {
        return new StoredCase(LiquidationCase.replay(events), events.size());
    }

    @Override
    public synchronized List<FundEvent> fundEvents() {
        return List.copyOf(fund);
    }

    @Override
    public synchronized void commit(CaseCommit commit) {
        before();
        CaseId id = commit.after().id();
        List<CaseEvent> events = cases.getOrDefault(id, List.of());
        boolean second =
                commit.eventsBefore() == 0
                        && openCases().stream()
                                .anyMatch(
                                        each ->
                                                each.value()
                                                        .account()
                                                        .equals(commit.after().account()));
        if (events.size() != commit.eventsBefore() || second) {
            throw new CommittedElsewhereException("case " + id + " has " + events.size());
        }
        List<CaseEvent> more = new ArrayList<>(events);
        more.addAll(commit.events());
        cases.put(id, more);
        fund.addAll(commit.fundEvents());
        after();
    }

    @Override
    public synchronized void commitFund(List<FundEvent> events, long entriesBefore) {
        before();
        fund.addAll(events);
        after();
    }

    private void before() {
        if (failBefore > 0) {
            failBefore--;
            throw new UnreachableException(UnreachableException.Peer.STORE, "before");
        }
    }

    private void after() {
        if (failAfter > 0) {
            failAfter--;
            throw new UnreachableException(UnreachableException.Peer.STORE, "after");
        }
    }

    @Override
    public CasePage cases(CaseQuery query) {
        throw new UnsupportedOperationException("not asked here");
    }

    @Override
    public List<PostedEntry> entries(long before, int limit) {
        throw new UnsupportedOperationException("not asked here");
    }
}

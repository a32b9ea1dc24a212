package io.delever.liquidation.core;

import io.delever.engine.liquidation.CaseId;
import io.delever.engine.liquidation.FundEvent;
import java.util.List;
import java.util.Optional;

/**
 * Where cases and the fund are kept. Every method may throw {@link UnreachableException}; after
 * one, whether a commit took effect is not known, and the case and the fund are read again.
 */
public interface CaseStore {
    /** Every case that is not closed. */
    List<StoredCase> openCases();

    /** One case, open or closed. */
    Optional<StoredCase> find(CaseId id);

    /** What gives the fund back: its ledger in order, then what it holds now. */
    List<FundEvent> fundEvents();

    /**
     * Persists a commit, all of it or nothing.
     *
     * @throws CommittedElsewhereException where the store does not stand where the commit begins,
     *     or the account has another open case
     */
    void commit(CaseCommit commit);

    /**
     * Persists events of the fund alone.
     *
     * @param entriesBefore number of ledger entries that are persisted already
     * @throws CommittedElsewhereException where the store does not stand there
     */
    void commitFund(List<FundEvent> events, long entriesBefore);

    /** Cases newest first. */
    CasePage cases(CaseQuery query);

    /**
     * Ledger entries newest first.
     *
     * @param before only entries with a smaller sequence
     * @param limit greatest number
     */
    List<PostedEntry> entries(long before, int limit);
}

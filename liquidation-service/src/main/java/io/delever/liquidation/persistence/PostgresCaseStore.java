package io.delever.liquidation.persistence;

import io.delever.engine.account.AccountId;
import io.delever.engine.liquidation.CaseEvent;
import io.delever.engine.liquidation.CaseId;
import io.delever.engine.liquidation.CaseOutcome;
import io.delever.engine.liquidation.CaseState;
import io.delever.engine.liquidation.FundEvent;
import io.delever.engine.liquidation.LedgerAccount;
import io.delever.engine.liquidation.LedgerEntry;
import io.delever.engine.liquidation.LiquidationCase;
import io.delever.engine.market.AssetId;
import io.delever.engine.money.Money;
import io.delever.liquidation.core.CaseCommit;
import io.delever.liquidation.core.CasePage;
import io.delever.liquidation.core.CaseQuery;
import io.delever.liquidation.core.CaseStore;
import io.delever.liquidation.core.CaseSummary;
import io.delever.liquidation.core.PostedEntry;
import io.delever.liquidation.core.StoredCase;
import io.delever.liquidation.core.UnreachableException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import io.quarkus.panache.common.Sort;
import jakarta.persistence.PersistenceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Cases and the fund in PostgreSQL. Commits go straight to the database, one transaction each
 * ({@link CommitWriter}); reads go through Panache.
 */
public final class PostgresCaseStore implements CaseStore {
    private final CommitWriter writer;

    /** A store in this database. */
    public PostgresCaseStore(DataSource database) {
        writer = new CommitWriter(database);
    }

    @Override
    public List<StoredCase> openCases() {
        return read(
                () -> {
                    Map<String, List<CaseEvent>> events = new LinkedHashMap<>();
                    try (Stream<CaseEventEntity> rows =
                            CaseEventEntity.stream(
                                    "from CaseEventEntity e where e.caseId in (select c.caseId from"
                                        + " LiquidationCaseEntity c where c.state <> ?1) order by"
                                        + " e.caseId, e.sequence",
                                    CaseState.CLOSED.name())) {
                        rows.forEach(
                                row ->
                                        events.computeIfAbsent(row.caseId, id -> new ArrayList<>())
                                                .add(event(row)));
                    }
                    return events.values().stream().map(PostgresCaseStore::stored).toList();
                });
    }

    @Override
    public Optional<StoredCase> find(CaseId id) {
        return read(
                () -> {
                    List<CaseEvent> events =
                            CaseEventEntity.<CaseEventEntity>list(
                                            "caseId", Sort.by("sequence"), id.value())
                                    .stream()
                                    .map(PostgresCaseStore::event)
                                    .toList();
                    return events.isEmpty() ? Optional.empty() : Optional.of(stored(events));
                });
    }

    private static StoredCase stored(List<CaseEvent> events) {
        return new StoredCase(LiquidationCase.replay(events), events.size());
    }

    private static CaseEvent event(CaseEventEntity row) {
        return CaseEventCodec.decode(row.kind, row.eventTimeNanos, row.payload);
    }

    @Override
    public List<FundEvent> fundEvents() {
        return read(
                () -> {
                    List<FundEvent> events = new ArrayList<>();
                    LedgerEntryEntity.<LedgerEntryEntity>listAll(Sort.by("sequence"))
                            .forEach(
                                    row ->
                                            events.add(
                                                    new FundEvent.EntryPosted(
                                                            posted(row).entry())));
                    FundReservationEntity.<FundReservationEntity>listAll(Sort.by("reservationId"))
                            .forEach(
                                    row ->
                                            events.add(
                                                    new FundEvent.FundReserved(
                                                            row.reservationId,
                                                            new AssetId(row.assetId),
                                                            new Money(row.amountE8))));
                    return events;
                });
    }

    @Override
    public void commit(CaseCommit commit) {
        writer.commit(commit);
    }

    @Override
    public void commitFund(List<FundEvent> events, long entriesBefore) {
        writer.commitFund(events, entriesBefore);
    }

    @Override
    public CasePage cases(CaseQuery query) {
        String account = query.account().map(AccountId::value).orElse("");
        String where =
                "(?1 = '' or accountId = ?1) and (?2 = false or state <> '"
                        + CaseState.CLOSED.name()
                        + "')";
        return read(
                () -> {
                    long total = LiquidationCaseEntity.count(where, account, query.openOnly());
                    List<CaseSummary> cases =
                            LiquidationCaseEntity.<LiquidationCaseEntity>find(
                                            where + " and number < ?3",
                                            Sort.descending("number"),
                                            account,
                                            query.openOnly(),
                                            query.before())
                                    .page(0, query.limit())
                                    .list()
                                    .stream()
                                    .map(PostgresCaseStore::summary)
                                    .toList();
                    return new CasePage(cases, total);
                });
    }

    @Override
    public List<PostedEntry> entries(long before, int limit) {
        return read(
                () ->
                        LedgerEntryEntity.<LedgerEntryEntity>find(
                                        "sequence < ?1", Sort.descending("sequence"), before)
                                .page(0, limit)
                                .list()
                                .stream()
                                .map(PostgresCaseStore::posted)
                                .toList());
    }

    private static CaseSummary summary(LiquidationCaseEntity row) {
        return new CaseSummary(
                row.number,
                new CaseId(row.caseId),
                new AccountId(row.accountId),
                CaseState.valueOf(row.state),
                Optional.ofNullable(row.outcome).map(CaseOutcome::valueOf),
                row.openedAtNanos,
                row.updatedAtNanos,
                new LiquidationCase.Totals(
                        new Money(row.closedNotionalE8),
                        new Money(row.feeE8),
                        new Money(row.fundPaidE8),
                        new Money(row.adlNotionalE8)),
                new Money(row.equityAtOpenE8),
                new Money(row.maintenanceMarginAtOpenE8));
    }

    private static PostedEntry posted(LedgerEntryEntity row) {
        return new PostedEntry(
                row.sequence,
                new LedgerEntry(
                        row.entryId,
                        LedgerAccount.valueOf(row.debitAccount),
                        LedgerAccount.valueOf(row.creditAccount),
                        new AssetId(row.assetId),
                        new Money(row.amountE8),
                        row.caseId,
                        row.eventTimeNanos));
    }

    private static <T> T read(Supplier<T> query) {
        try {
            return QuarkusTransaction.requiringNew().call(query::get);
        } catch (PersistenceException | QuarkusTransactionException e) {
            throw new UnreachableException(
                    UnreachableException.Peer.STORE, "the database did not answer", e);
        }
    }
}

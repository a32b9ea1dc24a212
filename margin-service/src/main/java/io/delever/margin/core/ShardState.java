package io.delever.margin.core;

import io.delever.engine.account.AccountId;
import io.delever.engine.margin.AccountEvent;
import io.delever.engine.margin.AccountLedger;
import io.delever.engine.margin.Command;
import io.delever.engine.margin.Decision;
import io.delever.engine.margin.MarginParameters;
import io.delever.engine.margin.PendingTransfer;
import io.delever.engine.margin.Reply;
import io.delever.engine.margin.RiskMonitor;
import io.delever.engine.margin.RiskTransition;
import io.delever.engine.margin.StandingChange;
import io.delever.engine.margin.StandingRules;
import io.delever.engine.margin.StandingState;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.MarketView;
import io.delever.engine.market.PriceState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one shard knows: its ledger, the newest prices, and who is in danger. Only the shard's
 * thread may touch it; reads are handed to that thread.
 */
public final class ShardState {
    private static final PriceState MISSING = new PriceState.Missing();

    /**
     * A listing that this ledger has accepted, to be repeated on the other shards in the same
     * order.
     */
    record Listing(String commandId, long eventTimeNanos, AccountEvent event) {}

    /** How far a transfer is on the sender's side. */
    sealed interface TransferProgress {
        /** Its money waits in clearing. */
        record Pending(PendingTransfer transfer) implements TransferProgress {}

        /** The receiver has it. */
        record Delivered() implements TransferProgress {}

        /** The receiver's ledger refused it, and the sender has it back. */
        record Returned(AccountId refusedFor) implements TransferProgress {}
    }

    private final int shard;
    private final AccountLedger ledger;
    private final RiskMonitor monitor;
    private final Map<InstrumentId, PriceState> prices = new HashMap<>();
    private final List<Listing> listings = new ArrayList<>();
    private final Map<String, PendingTransfer> pending = new LinkedHashMap<>();
    private final Map<String, AccountId> returned = new HashMap<>();
    private final List<RiskTransition> unpublished = new ArrayList<>();

    /** An empty shard. */
    public ShardState(int shard, MarginParameters parameters, StandingRules rules) {
        this.shard = shard;
        this.ledger = new AccountLedger(parameters);
        this.monitor = new RiskMonitor(ledger, rules);
    }

    /** The shard's number, from 0. */
    public int shard() {
        return shard;
    }

    /** The accounts; for reading. */
    public AccountLedger ledger() {
        return ledger;
    }

    /** The listings with the newest prices that this shard has seen. */
    public MarketView market() {
        return ledger.marketAt(this::priceOf);
    }

    /** The newest price that this shard has seen. */
    public PriceState priceOf(InstrumentId id) {
        return prices.getOrDefault(id, MISSING);
    }

    /** Where an account is on its way from health to liquidation and back. */
    public StandingState standingOf(AccountId account) {
        return monitor.standingOf(account);
    }

    /** Journal sequence of the newest command. */
    public long sequence() {
        return ledger.sequence();
    }

    Optional<Reply> firstReply(String commandId) {
        return ledger.firstReply(commandId);
    }

    JournalEntry decideAndApply(Command command) {
        Decision decision = ledger.decide(command, this::priceOf);
        JournalEntry entry = new JournalEntry(shard, decision);
        apply(decision);
        unpublished.addAll(monitor.applied(decision, this::priceOf));
        return entry;
    }

    void replay(JournalEntry entry) {
        apply(entry.decision());
    }

    /** Looks at everybody once, so that the first snapshot of risk states is whole. */
    void finishReplay(long nowNanos) {
        unpublished.addAll(monitor.everything(this::priceOf, nowNanos));
    }

    /** Takes prices and looks at every account that needs one of them. */
    void pricesChanged(Map<InstrumentId, PriceState> changed, long nowNanos) {
        prices.putAll(changed);
        unpublished.addAll(monitor.pricesChanged(changed.keySet(), this::priceOf, nowNanos));
    }

    /** Ends what has a deadline, by the clock of this process (MARG-122). */
    void timePassed(long nowNanos) {
        unpublished.addAll(monitor.timePassed(this::priceOf, nowNanos));
    }

    /** The changes of standings since the last call. */
    List<StandingChange> takeStandingChanges() {
        return monitor.takeStandingChanges();
    }

    /** The changes of risk states since the last call. */
    List<RiskTransition> takeTransitions() {
        List<RiskTransition> taken = List.copyOf(unpublished);
        unpublished.clear();
        return taken;
    }

    List<Listing> listingsFrom(int place) {
        return List.copyOf(listings.subList(Math.min(place, listings.size()), listings.size()));
    }

    int listingCount() {
        return listings.size();
    }

    List<PendingTransfer> pendingTransfers(int limit) {
        return pending.values().stream().limit(limit).toList();
    }

    /** How far an accepted transfer is. */
    TransferProgress progressOf(String transferId) {
        PendingTransfer waiting = pending.get(transferId);
        if (waiting != null) {
            return new TransferProgress.Pending(waiting);
        }
        AccountId refusedFor = returned.get(transferId);
        return refusedFor == null
                ? new TransferProgress.Delivered()
                : new TransferProgress.Returned(refusedFor);
    }

    private void apply(Decision decision) {
        ledger.apply(decision);
        boolean moneyMoved = false;
        for (AccountEvent event : decision.events()) {
            switch (event) {
                case AccountEvent.TransferStarted started ->
                        pending.put(
                                started.transferId(),
                                new PendingTransfer(
                                        started.transferId(),
                                        started.from(),
                                        started.to(),
                                        started.asset(),
                                        started.amount()));
                case AccountEvent.TransferFinished finished -> {
                    PendingTransfer closed = pending.remove(finished.transferId());
                    if (moneyMoved && closed != null) {
                        returned.put(finished.transferId(), closed.to());
                    }
                }
                case AccountEvent.InstrumentListed listed -> remember(decision, listed);
                case AccountEvent.AssetListed listed -> remember(decision, listed);
                case AccountEvent.BalanceChanged changed -> moneyMoved = true;
                case AccountEvent.AccountOpened opened -> {}
                case AccountEvent.PositionChanged changed -> {}
                case AccountEvent.LeverageChosen chosen -> {}
            }
        }
    }

    private void remember(Decision decision, AccountEvent event) {
        listings.add(new Listing(decision.commandId(), decision.eventTimeNanos(), event));
    }
}

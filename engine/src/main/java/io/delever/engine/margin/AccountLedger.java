package io.delever.engine.margin;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountView;
import io.delever.engine.account.PositionChange;
import io.delever.engine.market.Asset;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.MarketView;
import io.delever.engine.market.PriceState;
import io.delever.engine.market.PriceView;
import io.delever.engine.money.Money;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The accounts of one shard with their house accounts and listings. {@link #decide} only reads;
 * {@link #apply} is the only thing that changes state, and never refuses. One thread at a time.
 */
public final class AccountLedger {
    private final MarginParameters parameters;
    private final Map<AccountId, LedgerAccount> accounts = new TreeMap<>();
    private final SortedMap<InstrumentId, Instrument> instruments = new TreeMap<>();

    /** The same as {@code instruments}, for the hot path. */
    private final Map<InstrumentId, Instrument> instrumentById = new HashMap<>();

    private final SortedMap<AssetId, Asset> assets = new TreeMap<>();
    private final SortedMap<String, PendingTransfer> transfers = new TreeMap<>();
    private final Map<String, Reply> replies = new HashMap<>();
    private final HouseAccounts house = new HouseAccounts();
    private final HolderIndex holders = new HolderIndex();
    private final CommandRules rules = new CommandRules(this);
    private long sequence;

    /** An empty ledger. */
    public AccountLedger(MarginParameters parameters) {
        this.parameters = parameters;
    }

    /**
     * What the command would do now. A command id that was applied before gets its first reply and
     * no events.
     *
     * @param prices the newest prices; listings come from the ledger itself
     */
    public Decision decide(Command command, PriceView prices) {
        Reply first = replies.get(command.commandId());
        if (first != null) {
            return new Decision(
                    command.commandId(), command.eventTimeNanos(), List.of(), first, true);
        }
        List<AccountEvent> events = new ArrayList<>();
        Optional<Refusal> refusal = rules.decide(command, marketAt(prices), events);
        long place = sequence + 1;
        Reply reply =
                refusal.isEmpty()
                        ? new Reply.Accepted(place)
                        : new Reply.Rejected(place, refusal.get().reason(), refusal.get().detail());
        return new Decision(
                command.commandId(),
                command.eventTimeNanos(),
                refusal.isEmpty() ? events : List.of(),
                reply,
                false);
    }

    /**
     * Takes a decision into the state: its events and its reply. Replaying the decisions of a
     * journal in order gives the same state. A repeated decision changes nothing.
     *
     * @throws IllegalStateException where the decision is not the next one of this ledger
     */
    public void apply(Decision decision) {
        if (decision.repeated()) {
            return;
        }
        if (decision.reply().sequence() != sequence + 1
                || replies.containsKey(decision.commandId())) {
            throw new IllegalStateException(
                    "command "
                            + decision.commandId()
                            + " has place "
                            + decision.reply().sequence()
                            + ", the next one is "
                            + (sequence + 1));
        }
        decision.events().forEach(this::apply);
        replies.put(decision.commandId(), decision.reply());
        sequence++;
    }

    private void apply(AccountEvent event) {
        switch (event) {
            case AccountEvent.AccountOpened opened ->
                    accounts.put(opened.account(), new LedgerAccount(opened.account()));
            case AccountEvent.BalanceChanged changed -> {
                LedgerAccount account = existing(changed.account());
                account.addToBalance(changed.asset(), changed.amount());
                house.add(changed.counterparty(), changed.asset(), changed.amount().negate());
                holders.update(account, changed.asset());
            }
            case AccountEvent.PositionChanged changed -> applyPosition(changed);
            case AccountEvent.LeverageChosen chosen ->
                    existing(chosen.account()).setLeverage(chosen.instrument(), chosen.leverage());
            case AccountEvent.TransferStarted started ->
                    transfers.put(
                            started.transferId(),
                            new PendingTransfer(
                                    started.transferId(),
                                    started.from(),
                                    started.to(),
                                    started.asset(),
                                    started.amount()));
            case AccountEvent.TransferFinished finished -> transfers.remove(finished.transferId());
            case AccountEvent.InstrumentListed listed -> list(listed.instrument());
            case AccountEvent.AssetListed listed -> assets.put(listed.asset().id(), listed.asset());
        }
    }

    private void list(Instrument instrument) {
        instruments.put(instrument.id(), instrument);
        instrumentById.put(instrument.id(), instrument);
    }

    private void applyPosition(AccountEvent.PositionChanged changed) {
        LedgerAccount account = existing(changed.account());
        InstrumentId id = changed.instrument();
        AssetId settlement = existing(id).settlement();
        PositionChange change =
                new PositionChange(changed.size(), changed.costDelta(), changed.realizedPnl());
        account.setPosition(id, change.applyTo(id, account.position(id)));
        account.addToBalance(settlement, changed.realizedPnl());
        house.addClearingSize(id, changed.size().negate());
        Money cash = changed.realizedPnl().minus(changed.costDelta());
        house.add(Counterparty.CLEARING, settlement, cash.negate());
        holders.update(account, id);
        holders.update(account, settlement);
    }

    /** The first reply of a command that was applied. */
    public Optional<Reply> firstReply(String commandId) {
        return Optional.ofNullable(replies.get(commandId));
    }

    /** Number of commands applied, refused ones included. */
    public long sequence() {
        return sequence;
    }

    /** A live view: it shows what is applied later too, so copy it where it must stay. */
    public Optional<AccountView> account(AccountId id) {
        return Optional.ofNullable(accounts.get(id));
    }

    /** Live views of all accounts, ordered by id. */
    public Collection<AccountView> accounts() {
        return Collections.unmodifiableCollection(accounts.values());
    }

    /** Live views of the accounts whose figures need a price of this instrument, ordered by id. */
    public List<AccountView> holders(InstrumentId priced) {
        return holders.of(priced, assets.values());
    }

    /** What {@link #holders} gives, without a copy; an account may come twice. */
    void forEachHolder(InstrumentId priced, Consumer<AccountView> action) {
        holders.forEach(priced, assets.values(), action);
    }

    /** Live views of the accounts with a position in this instrument, ordered by id. */
    public List<AccountView> positionHolders(InstrumentId instrument) {
        return holders.withPosition(instrument);
    }

    /** Live views of the accounts with a balance in this asset, ordered by id. */
    public List<AccountView> balanceHolders(AssetId asset) {
        return holders.withBalance(asset);
    }

    /** Listed instruments, ordered by id. */
    public SortedMap<InstrumentId, Instrument> instruments() {
        return Collections.unmodifiableSortedMap(instruments);
    }

    /** Listed assets, ordered by id. */
    public SortedMap<AssetId, Asset> assets() {
        return Collections.unmodifiableSortedMap(assets);
    }

    /** Transfers that wait in clearing, ordered by id. */
    public Collection<PendingTransfer> pendingTransfers() {
        return Collections.unmodifiableCollection(transfers.values());
    }

    /** What holds for all accounts alike. */
    public MarginParameters parameters() {
        return parameters;
    }

    /** This ledger's listings with these prices. */
    public MarketView marketAt(PriceView prices) {
        return new MarketView() {
            @Override
            public Optional<Instrument> instrument(InstrumentId id) {
                return Optional.ofNullable(instrumentById.get(id));
            }

            @Override
            public Optional<Asset> asset(AssetId id) {
                return Optional.ofNullable(assets.get(id));
            }

            @Override
            public PriceState priceOf(InstrumentId id) {
                return prices.priceOf(id);
            }
        };
    }

    /** Totals over all accounts and house accounts, summed afresh. */
    public Conservation conservation() {
        return LedgerTotals.of(this);
    }

    /**
     * The whole state as text in a fixed order: equal lines exactly for equal states (MARG-020).
     */
    public void writeState(Consumer<String> lines) {
        LedgerDump.write(this, replies, lines);
    }

    Collection<LedgerAccount> accountStates() {
        return accounts.values();
    }

    HouseAccounts house() {
        return house;
    }

    Optional<PendingTransfer> pendingTransfer(String transferId) {
        return Optional.ofNullable(transfers.get(transferId));
    }

    private LedgerAccount existing(AccountId id) {
        LedgerAccount account = accounts.get(id);
        if (account == null) {
            throw new IllegalStateException("event for account " + id + " that was never opened");
        }
        return account;
    }

    private Instrument existing(InstrumentId id) {
        Instrument instrument = instruments.get(id);
        if (instrument == null) {
            throw new IllegalStateException("event for instrument " + id + " never listed");
        }
        return instrument;
    }
}

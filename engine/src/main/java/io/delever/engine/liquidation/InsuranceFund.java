package io.delever.engine.liquidation;

import io.delever.engine.liquidation.FundCommand.Contribute;
import io.delever.engine.liquidation.FundCommand.CreditFee;
import io.delever.engine.liquidation.FundCommand.Draw;
import io.delever.engine.liquidation.FundCommand.Release;
import io.delever.engine.liquidation.FundCommand.Reserve;
import io.delever.engine.liquidation.FundEvent.EntryPosted;
import io.delever.engine.liquidation.FundEvent.FundReleased;
import io.delever.engine.liquidation.FundEvent.FundReserved;
import io.delever.engine.liquidation.FundReply.Done;
import io.delever.engine.liquidation.FundReply.Reason;
import io.delever.engine.liquidation.FundReply.Refused;
import io.delever.engine.market.AssetId;
import io.delever.engine.money.Money;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The insurance fund: a double-entry ledger per asset with a floor and reservations
 * (docs/spec/insurance-fund.md). One writer. {@link #decide} only reads, {@link #apply} alone
 * changes state and never rejects.
 */
public final class InsuranceFund {
    private final Map<AssetId, Money> floors;
    private final SortedMap<AssetId, Map<LedgerAccount, Money>> debits = new TreeMap<>();
    private final SortedMap<AssetId, Map<LedgerAccount, Money>> credits = new TreeMap<>();
    private final List<LedgerEntry> entries = new ArrayList<>();
    private final Map<String, FundReserved> reservations = new HashMap<>();
    private final SortedMap<AssetId, Money> reserved = new TreeMap<>();
    private final Map<String, Money> answers = new HashMap<>();

    /**
     * An empty fund.
     *
     * @param floors what a draw must leave, ≥ 0, per asset; an asset not named has floor zero
     */
    public InsuranceFund(Map<AssetId, Money> floors) {
        floors.forEach(
                (asset, floor) -> {
                    if (floor.signum() < 0) {
                        throw new IllegalArgumentException(
                                "the floor of " + asset + " is " + floor + ", must be at least 0");
                    }
                });
        this.floors = Map.copyOf(floors);
    }

    /** What the command would do now; changes nothing. */
    public FundDecision decide(FundCommand command) {
        if (!(command instanceof Release)) {
            Money first = answers.get(command.id());
            if (first != null) {
                return new FundDecision(List.of(), new Done(first));
            }
        }
        return switch (command) {
            case Contribute c ->
                    credit(
                            new Posting(c.id(), c.asset(), c.amount(), "", c.eventTimeNanos()),
                            LedgerAccount.CAPITAL);
            case CreditFee c ->
                    credit(
                            new Posting(
                                    c.id(), c.asset(), c.amount(), c.caseId(), c.eventTimeNanos()),
                            LedgerAccount.FEE_INCOME);
            case Reserve c -> reserve(c);
            case Release c -> release(c);
            case Draw c -> draw(c);
        };
    }

    /**
     * Changes the state by one event that {@link #decide} returned, or that was read from the
     * store.
     */
    public void apply(FundEvent event) {
        switch (event) {
            case EntryPosted(LedgerEntry entry) -> {
                add(debits, entry.asset(), entry.debit(), entry.amount());
                add(credits, entry.asset(), entry.credit(), entry.amount());
                entries.add(entry);
                answers.put(entry.entryId(), entry.amount());
            }
            case FundReserved held -> {
                reservations.put(held.reservationId(), held);
                reserved.merge(held.asset(), held.amount(), Money::plus);
                answers.put(held.reservationId(), held.amount());
            }
            case FundReleased(String reservationId) -> {
                FundReserved held = reservations.remove(reservationId);
                if (held != null) {
                    reserved.merge(held.asset(), held.amount().negate(), Money::plus);
                }
            }
        }
    }

    /** The figures of one asset; all zero where the fund never saw it. */
    public FundBalance balance(AssetId asset) {
        Money floor = floors.getOrDefault(asset, Money.ZERO);
        return new FundBalance(
                asset,
                total(debits, asset, LedgerAccount.FUND_CASH)
                        .minus(total(credits, asset, LedgerAccount.FUND_CASH)),
                floor,
                total(credits, asset, LedgerAccount.CAPITAL),
                total(credits, asset, LedgerAccount.FEE_INCOME),
                total(debits, asset, LedgerAccount.DEFICITS_PAID),
                reserved.getOrDefault(asset, Money.ZERO));
    }

    /** The figures of every asset that the fund ever saw, ordered by asset id. */
    public List<FundBalance> balances() {
        return debits.keySet().stream().map(this::balance).toList();
    }

    /** Every entry, in the order in which it was posted. */
    public List<LedgerEntry> entries() {
        return List.copyOf(entries);
    }

    /** The amount held under this reservation, where it is still held. */
    public Optional<Money> reservation(String reservationId) {
        return Optional.ofNullable(reservations.get(reservationId)).map(FundReserved::amount);
    }

    /**
     * Recomputes every balance from the entries alone (FUND-002, FUND-004).
     *
     * @return one sentence for each thing that is wrong; empty where all is right
     */
    public List<String> verify() {
        List<String> faults = new ArrayList<>();
        InsuranceFund fresh = new InsuranceFund(floors);
        entries.forEach(entry -> fresh.apply(new EntryPosted(entry)));
        for (FundBalance now : balances()) {
            FundBalance recomputed = fresh.balance(now.asset());
            Money byCause = now.contributions().plus(now.fees()).minus(now.paid());
            if (!now.balance().equals(recomputed.balance())) {
                faults.add(
                        now.asset()
                                + ": the balance is "
                                + now.balance()
                                + " but the entries give "
                                + recomputed.balance());
            }
            if (!now.balance().equals(byCause)) {
                faults.add(
                        now.asset()
                                + ": the balance is "
                                + now.balance()
                                + " but contributions + fees - paid is "
                                + byCause);
            }
            if (now.balance().signum() < 0) {
                faults.add(now.asset() + ": the balance is " + now.balance() + ", below 0");
            }
        }
        return List.copyOf(faults);
    }

    private record Posting(
            String id, AssetId asset, Money amount, String caseId, long eventTimeNanos) {
        LedgerEntry entry(LedgerAccount debit, LedgerAccount credit) {
            return new LedgerEntry(id, debit, credit, asset, amount, caseId, eventTimeNanos);
        }
    }

    private FundDecision credit(Posting posting, LedgerAccount source) {
        if (posting.amount().signum() <= 0) {
            return nonPositive(posting.id(), posting.amount());
        }
        // Everything that ever came in bounds every sum of this asset, so one check covers them
        // all.
        long received = total(debits, posting.asset(), LedgerAccount.FUND_CASH).e8();
        if (received > Long.MAX_VALUE - posting.amount().e8()) {
            return refused(
                    Reason.AMOUNT_TOO_LARGE,
                    posting.id()
                            + ": "
                            + posting.amount()
                            + " on top of "
                            + new Money(received)
                            + " exceeds the greatest amount "
                            + new Money(Long.MAX_VALUE));
        }
        return new FundDecision(
                List.of(new EntryPosted(posting.entry(LedgerAccount.FUND_CASH, source))),
                new Done(posting.amount()));
    }

    private FundDecision reserve(Reserve command) {
        if (command.wanted().signum() <= 0) {
            return nonPositive(command.id(), command.wanted());
        }
        Money granted = smaller(command.wanted(), balance(command.asset()).available());
        if (granted.signum() == 0) {
            return nothingAvailable(command.id(), command.asset(), command.wanted());
        }
        return new FundDecision(
                List.of(new FundReserved(command.id(), command.asset(), granted)),
                new Done(granted));
    }

    private FundDecision release(Release command) {
        return reservation(command.id())
                .map(
                        held ->
                                new FundDecision(
                                        List.of(new FundReleased(command.id())), new Done(held)))
                .orElseGet(() -> new FundDecision(List.of(), new Done(Money.ZERO)));
    }

    private FundDecision draw(Draw command) {
        if (command.wanted().signum() <= 0) {
            return nonPositive(command.id(), command.wanted());
        }
        Optional<FundReserved> own =
                command.reservationId()
                        .map(reservations::get)
                        .filter(held -> held.asset().equals(command.asset()));
        FundBalance figures = balance(command.asset());
        Money others = figures.reserved().minus(own.map(FundReserved::amount).orElse(Money.ZERO));
        Money free = figures.balance().minus(figures.floor()).minus(others);
        Money paid = smaller(command.wanted(), free);
        if (paid.signum() <= 0) {
            return nothingAvailable(command.id(), command.asset(), command.wanted());
        }
        List<FundEvent> events = new ArrayList<>();
        own.ifPresent(held -> events.add(new FundReleased(held.reservationId())));
        events.add(
                new EntryPosted(
                        new Posting(
                                        command.id(),
                                        command.asset(),
                                        paid,
                                        command.caseId(),
                                        command.eventTimeNanos())
                                .entry(LedgerAccount.DEFICITS_PAID, LedgerAccount.FUND_CASH)));
        return new FundDecision(events, new Done(paid));
    }

    private FundDecision nothingAvailable(String id, AssetId asset, Money wanted) {
        FundBalance figures = balance(asset);
        return refused(
                Reason.NOTHING_AVAILABLE,
                id
                        + ": "
                        + wanted
                        + " "
                        + asset
                        + " asked, balance "
                        + figures.balance()
                        + ", floor "
                        + figures.floor()
                        + ", reserved "
                        + figures.reserved());
    }

    private static FundDecision nonPositive(String id, Money amount) {
        return refused(
                Reason.NON_POSITIVE_AMOUNT,
                id + ": the amount is " + amount + ", must be greater than 0");
    }

    private static FundDecision refused(Reason reason, String detail) {
        return new FundDecision(List.of(), new Refused(reason, detail));
    }

    private static Money smaller(Money a, Money b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static void add(
            SortedMap<AssetId, Map<LedgerAccount, Money>> side,
            AssetId asset,
            LedgerAccount account,
            Money amount) {
        side.computeIfAbsent(asset, a -> new EnumMap<>(LedgerAccount.class))
                .merge(account, amount, Money::plus);
    }

    private static Money total(
            SortedMap<AssetId, Map<LedgerAccount, Money>> side,
            AssetId asset,
            LedgerAccount account) {
        return side.getOrDefault(asset, Map.of()).getOrDefault(account, Money.ZERO);
    }
}

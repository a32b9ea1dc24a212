package io.delever.engine.margin;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountView;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.MarketView;
import io.delever.engine.market.PriceView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Watches the accounts of one ledger: who changed its risk state since it was last looked at
 * (MARG-024). An account that was never looked at counts as healthy.
 */
public final class RiskMonitor {
    private final AccountLedger ledger;
    private final SortedMap<AccountId, RiskTransition> notHealthy = new TreeMap<>();

    /** Watches this ledger. */
    public RiskMonitor(AccountLedger ledger) {
        this.ledger = ledger;
    }

    /**
     * Looks at every account whose figures need a price of one of these instruments: by a position,
     * or by a balance that the instrument prices. All prices of a batch count at once, so their
     * order does not matter.
     *
     * @return the changes, ordered by account id
     */
    public List<RiskTransition> pricesChanged(
            Collection<InstrumentId> instruments, PriceView prices, long eventTimeNanos) {
        TreeMap<AccountId, AccountView> affected = new TreeMap<>();
        for (InstrumentId instrument : instruments) {
            for (AccountView account : ledger.holders(instrument)) {
                affected.put(account.id(), account);
            }
        }
        return look(affected.values(), prices, eventTimeNanos);
    }

    /**
     * Looks at every account that an applied decision changed, by its events or by new parameters.
     *
     * @return the changes, ordered by account id
     */
    public List<RiskTransition> applied(Decision decision, PriceView prices) {
        TreeMap<AccountId, AccountView> affected = new TreeMap<>();
        for (AccountId id : decision.touchedAccounts()) {
            ledger.account(id).ifPresent(account -> affected.put(id, account));
        }
        for (AccountEvent event : decision.events()) {
            for (AccountView account : holdersOfListing(event)) {
                affected.put(account.id(), account);
            }
        }
        return look(affected.values(), prices, decision.eventTimeNanos());
    }

    /** Looks at every account. */
    public List<RiskTransition> everything(PriceView prices, long eventTimeNanos) {
        return look(ledger.accounts(), prices, eventTimeNanos);
    }

    /** The last change of every account that is not healthy, ordered by account id. */
    public List<RiskTransition> snapshot() {
        return List.copyOf(notHealthy.values());
    }

    /** The state an account was last seen in. */
    public RiskState stateOf(AccountId account) {
        RiskTransition last = notHealthy.get(account);
        return last == null ? RiskState.HEALTHY : last.current();
    }

    private List<AccountView> holdersOfListing(AccountEvent event) {
        return switch (event) {
            case AccountEvent.InstrumentListed listed ->
                    ledger.positionHolders(listed.instrument().id());
            case AccountEvent.AssetListed listed -> ledger.balanceHolders(listed.asset().id());
            case AccountEvent.AccountOpened opened -> List.of();
            case AccountEvent.BalanceChanged changed -> List.of();
            case AccountEvent.PositionChanged changed -> List.of();
            case AccountEvent.LeverageChosen chosen -> List.of();
            case AccountEvent.TransferStarted started -> List.of();
            case AccountEvent.TransferFinished finished -> List.of();
        };
    }

    private List<RiskTransition> look(
            Collection<AccountView> accounts, PriceView prices, long eventTimeNanos) {
        MarketView market = ledger.marketAt(prices);
        List<RiskTransition> changes = new ArrayList<>();
        for (AccountView account : accounts) {
            RiskState previous = stateOf(account.id());
            RiskState current = MarginCalculator.stateOf(account, market, ledger.parameters());
            if (current != previous) {
                changes.add(
                        new RiskTransition(
                                account.id(),
                                previous,
                                current,
                                MarginCalculator.evaluate(account, market, ledger.parameters())
                                        .figures(),
                                eventTimeNanos));
            }
        }
        changes.forEach(this::remember);
        return List.copyOf(changes);
    }

    private void remember(RiskTransition change) {
        if (change.current() == RiskState.HEALTHY) {
            notHealthy.remove(change.account());
        } else {
            notHealthy.put(change.account(), change);
        }
    }
}

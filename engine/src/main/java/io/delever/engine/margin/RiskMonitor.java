package io.delever.engine.margin;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountView;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.MarketView;
import io.delever.engine.market.PriceState;
import io.delever.engine.market.PriceView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Watches the accounts of one ledger: who changed its risk state since it was last looked at
 * (MARG-024), and what its standing is. An account that was never looked at counts as healthy.
 */
public final class RiskMonitor {
    private static final Comparator<RiskTransition> BY_ACCOUNT =
            Comparator.comparing(RiskTransition::account);

    private final AccountLedger ledger;
    private final Map<AccountId, RiskTransition> notHealthy = new HashMap<>();
    private final RiskBands bands;
    private final StandingMonitor standings;

    /** Watches this ledger by the {@linkplain StandingRules#of usual} rules of standings. */
    public RiskMonitor(AccountLedger ledger) {
        this(ledger, StandingRules.of(ledger.parameters()));
    }

    /** Watches this ledger. */
    public RiskMonitor(AccountLedger ledger, StandingRules rules) {
        this.ledger = ledger;
        this.bands = new RiskBands(ledger.parameters(), rules.borders());
        this.standings = new StandingMonitor(rules);
    }

    /**
     * Looks at every account whose figures need a price of one of these instruments, by a position
     * or by a balance that the instrument prices, and whose state these prices can have changed
     * (MARG-033). All prices of a batch count at once, so their order does not matter.
     *
     * @return the changes, ordered by account id
     */
    public List<RiskTransition> pricesChanged(
            Collection<InstrumentId> instruments, PriceView prices, long eventTimeNanos) {
        standings.at(eventTimeNanos);
        Pass pass = new Pass(prices, eventTimeNanos);
        // All bands are asked before any is drawn anew: what a look draws is for the next batch.
        List<AccountId> crossed = new ArrayList<>();
        List<InstrumentId> toSweep = new ArrayList<>();
        for (InstrumentId instrument : instruments) {
            PriceState price = prices.priceOf(instrument);
            if (bands.changesUsability(instrument, price)) {
                toSweep.add(instrument);
            }
            crossed.addAll(bands.crossed(instrument, price));
        }
        for (InstrumentId instrument : toSweep) {
            ledger.forEachHolder(instrument, pass::look);
        }
        for (AccountId id : crossed) {
            ledger.account(id).ifPresent(pass::look);
        }
        return pass.changes();
    }

    /**
     * Looks at every account that an applied decision changed, by its events or by new parameters.
     *
     * @return the changes, ordered by account id
     */
    public List<RiskTransition> applied(Decision decision, PriceView prices) {
        Pass pass = new Pass(prices, decision.eventTimeNanos());
        for (AccountId id : decision.touchedAccounts()) {
            ledger.account(id).ifPresent(pass::look);
        }
        for (AccountEvent event : decision.events()) {
            holdersOfListing(event).forEach(pass::look);
        }
        return pass.changes();
    }

    /** Looks at every account. */
    public List<RiskTransition> everything(PriceView prices, long eventTimeNanos) {
        standings.at(eventTimeNanos);
        Pass pass = new Pass(prices, eventTimeNanos);
        ledger.accounts().forEach(pass::look);
        return pass.changes();
    }

    /**
     * Looks at every account whose deadline is over (MARG-122); costs next to nothing where none
     * is.
     *
     * @param nowNanos by the clock of the one who looks
     */
    public List<RiskTransition> timePassed(PriceView prices, long nowNanos) {
        standings.at(nowNanos);
        Pass pass = new Pass(prices, nowNanos);
        for (AccountId id : standings.due()) {
            ledger.account(id).ifPresent(pass::look);
        }
        return pass.changes();
    }

    /** The changes of standings since the last call, in the order in which they were found. */
    public List<StandingChange> takeStandingChanges() {
        return standings.takeChanges();
    }

    /** The standing of an account. */
    public StandingState standingOf(AccountId account) {
        return standings.of(account);
    }

    /** The last change of every account that is not healthy, ordered by account id. */
    public List<RiskTransition> snapshot() {
        return notHealthy.values().stream().sorted(BY_ACCOUNT).toList();
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

    /**
     * One look at some accounts at one set of prices; an account that comes twice is looked at
     * once.
     */
    private final class Pass {
        private final MarketView market;
        private final long eventTimeNanos;
        private final Set<AccountView> seen = new HashSet<>();
        private final List<RiskTransition> found = new ArrayList<>();

        Pass(PriceView prices, long eventTimeNanos) {
            market = ledger.marketAt(prices);
            this.eventTimeNanos = eventTimeNanos;
        }

        void look(AccountView account) {
            if (!seen.add(account)) {
                return;
            }
            MarginParameters parameters = ledger.parameters();
            RiskState previous = stateOf(account.id());
            AccountMargin margin = MarginCalculator.evaluate(account, market, parameters);
            bands.remember(account, market, margin.figures());
            standings.look(account.id(), margin);
            if (margin.state() != previous) {
                found.add(
                        new RiskTransition(
                                account.id(),
                                previous,
                                margin.state(),
                                margin.figures(),
                                eventTimeNanos));
            }
        }

        List<RiskTransition> changes() {
            for (RiskTransition change : found) {
                if (change.current() == RiskState.HEALTHY) {
                    notHealthy.remove(change.account());
                } else {
                    notHealthy.put(change.account(), change);
                }
            }
            found.sort(BY_ACCOUNT);
            return List.copyOf(found);
        }
    }
}

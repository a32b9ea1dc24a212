package io.delever.simulation.replay;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountView;
import io.delever.engine.margin.AccountCommand;
import io.delever.engine.margin.AccountLedger;
import io.delever.engine.margin.AccountMargin;
import io.delever.engine.margin.Command;
import io.delever.engine.margin.Conservation;
import io.delever.engine.margin.Decision;
import io.delever.engine.margin.MarginCalculator;
import io.delever.engine.margin.MarginParameters;
import io.delever.engine.margin.ProfitablePosition;
import io.delever.engine.margin.Reply;
import io.delever.engine.margin.RiskMonitor;
import io.delever.engine.margin.RiskTransition;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.MarketView;
import io.delever.engine.market.PriceState;
import io.delever.engine.pricing.IndexPrice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every account of the simulation: one ledger, watched for risk and for conservation. Risk
 * transitions are collected until someone takes them.
 */
final class Accounts {
    private final AccountLedger ledger;
    private final RiskMonitor monitor;
    private final ConservationWatch watch;
    private final Map<InstrumentId, PriceState> prices = new TreeMap<>();
    private final List<RiskTransition> transitions = new ArrayList<>();
    private boolean watching;

    Accounts(MarginParameters parameters) {
        ledger = new AccountLedger(parameters);
        monitor = new RiskMonitor(ledger);
        watch = new ConservationWatch(ledger);
    }

    /** From now on risk is watched; before, there are no prices to judge by. */
    void startWatching() {
        watching = true;
    }

    /** Decides and applies a command; its reply. */
    Reply take(String commandId, long timeNanos, AccountCommand action) {
        return take(new Command(commandId, timeNanos, action));
    }

    Reply take(Command command) {
        Decision decision = ledger.decide(command, this::priceOf);
        ledger.apply(decision);
        watch.applied(decision);
        if (watching) {
            transitions.addAll(monitor.applied(decision, this::priceOf));
        }
        return decision.reply();
    }

    /** New prices, all at once. */
    void prices(List<IndexPrice> changed, long timeNanos) {
        List<InstrumentId> instruments = new ArrayList<>();
        for (IndexPrice price : changed) {
            prices.put(price.instrument(), price.state());
            instruments.add(price.instrument());
        }
        if (watching && !instruments.isEmpty()) {
            transitions.addAll(monitor.pricesChanged(instruments, this::priceOf, timeNanos));
        }
    }

    /** The transitions since the last call, in order. */
    List<RiskTransition> takeTransitions() {
        List<RiskTransition> taken = List.copyOf(transitions);
        transitions.clear();
        return taken;
    }

    PriceState priceOf(InstrumentId id) {
        return prices.getOrDefault(id, new PriceState.Missing());
    }

    AccountView account(AccountId id) {
        return ledger.account(id)
                .orElseThrow(() -> new IllegalStateException("no account " + id.value()));
    }

    AccountMargin margin(AccountView account) {
        return MarginCalculator.evaluate(account, market(), ledger.parameters());
    }

    MarketView market() {
        return ledger.marketAt(this::priceOf);
    }

    Collection<AccountView> all() {
        return ledger.accounts();
    }

    List<ProfitablePosition> profitable(InstrumentId instrument, boolean isLong, int limit) {
        return ProfitablePosition.of(ledger, instrument, isLong, market(), limit);
    }

    Conservation conservation() {
        return ledger.conservation();
    }

    /** Accounts at a margin call or worse. */
    int atRisk() {
        return monitor.snapshot().size();
    }

    void requireConserved(String when) {
        watch.whole(when);
    }

    long conservationChecks() {
        return watch.checks();
    }
}

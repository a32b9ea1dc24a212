package io.delever.simulation.replay;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountView;
import io.delever.engine.account.Position;
import io.delever.engine.margin.AccountEvent;
import io.delever.engine.margin.AccountLedger;
import io.delever.engine.margin.Conservation;
import io.delever.engine.margin.Decision;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Quantity;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Checks after every decision that no money and no size came from nowhere. One side of the check
 * reads the accounts' state, the other adds up what the events say went to the house accounts; the
 * two are kept apart on purpose. At times the ledger's own totals, summed afresh over everything,
 * are compared too.
 */
final class ConservationWatch {
    private final AccountLedger ledger;
    private final Map<AccountId, Holdings> known = new HashMap<>();
    private final Map<AssetId, Money> money = new HashMap<>();
    private final Map<InstrumentId, Quantity> sizes = new HashMap<>();
    private long checks;

    ConservationWatch(AccountLedger ledger) {
        this.ledger = ledger;
    }

    /** Number of decisions checked. */
    long checks() {
        return checks;
    }

    /**
     * After a decision was applied.
     *
     * @throws IllegalStateException where something is not conserved to the last unit
     */
    void applied(Decision decision) {
        for (AccountId account : decision.touchedAccounts()) {
            Holdings before = known.getOrDefault(account, Holdings.NONE);
            Holdings after = Holdings.of(ledger.account(account), this::settlement);
            add(before, -1);
            add(after, 1);
            known.put(account, after);
        }
        for (AccountEvent event : decision.events()) {
            house(event);
        }
        checks++;
        require(decision.commandId());
    }

    /**
     * The ledger's own totals, and that both sides of every trade have arrived.
     *
     * @throws IllegalStateException where a residue or clearing is not 0
     */
    void whole(String when) {
        Conservation totals = ledger.conservation();
        if (!totals.isConserved()) {
            throw new IllegalStateException(when + ": not conserved: " + totals);
        }
        totals.instruments().stream()
                .filter(one -> !one.clearing().isZero())
                .findFirst()
                .ifPresent(
                        one -> {
                            throw new IllegalStateException(when + ": clearing holds " + one);
                        });
        totals.assets().stream()
                .filter(one -> !one.clearing().isZero())
                .findFirst()
                .ifPresent(
                        one -> {
                            throw new IllegalStateException(when + ": clearing holds " + one);
                        });
    }

    private AssetId settlement(InstrumentId id) {
        var instrument = ledger.instruments().get(id);
        if (instrument == null) {
            throw new IllegalStateException("position in " + id + " that is not listed");
        }
        return instrument.settlement();
    }

    private void house(AccountEvent event) {
        switch (event) {
            case AccountEvent.BalanceChanged changed ->
                    money.merge(changed.asset(), changed.amount().negate(), Money::plus);
            case AccountEvent.PositionChanged changed -> {
                Money cash = changed.realizedPnl().minus(changed.costDelta());
                money.merge(settlement(changed.instrument()), cash.negate(), Money::plus);
                sizes.merge(changed.instrument(), changed.size().negate(), Quantity::plus);
            }
            case AccountEvent.AccountOpened opened -> {}
            case AccountEvent.LeverageChosen chosen -> {}
            case AccountEvent.TransferStarted started -> {}
            case AccountEvent.TransferFinished finished -> {}
            case AccountEvent.InstrumentListed listed -> {}
            case AccountEvent.AssetListed listed -> {}
        }
    }

    private void add(Holdings holdings, int sign) {
        holdings.money()
                .forEach(
                        (asset, amount) ->
                                money.merge(
                                        asset, sign < 0 ? amount.negate() : amount, Money::plus));
        holdings.sizes()
                .forEach(
                        (id, size) ->
                                sizes.merge(id, sign < 0 ? size.negate() : size, Quantity::plus));
    }

    private void require(String commandId) {
        for (Map.Entry<AssetId, Money> one : money.entrySet()) {
            if (!one.getValue().isZero()) {
                throw new IllegalStateException(
                        "after command "
                                + commandId
                                + ": "
                                + one.getValue()
                                + " "
                                + one.getKey().value()
                                + " came from nowhere");
            }
        }
        for (Map.Entry<InstrumentId, Quantity> one : sizes.entrySet()) {
            if (!one.getValue().isZero()) {
                throw new IllegalStateException(
                        "after command "
                                + commandId
                                + ": size "
                                + one.getValue()
                                + " of "
                                + one.getKey().value()
                                + " came from nowhere");
            }
        }
    }

    /** Balances less the cost of positions, and sizes. */
    private record Holdings(Map<AssetId, Money> money, Map<InstrumentId, Quantity> sizes) {
        static final Holdings NONE = new Holdings(Map.of(), Map.of());

        static Holdings of(
                Optional<AccountView> account,
                java.util.function.Function<InstrumentId, AssetId> settlement) {
            if (account.isEmpty()) {
                return NONE;
            }
            Map<AssetId, Money> money = new HashMap<>(account.get().balances());
            Map<InstrumentId, Quantity> sizes = new HashMap<>();
            for (Position position : account.get().positions()) {
                sizes.put(position.instrument(), position.size());
                money.merge(
                        settlement.apply(position.instrument()),
                        position.cost().negate(),
                        Money::plus);
            }
            return new Holdings(money, sizes);
        }
    }
}

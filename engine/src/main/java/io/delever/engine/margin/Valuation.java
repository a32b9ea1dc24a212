package io.delever.engine.margin;

import io.delever.engine.account.AccountView;
import io.delever.engine.account.AdmittedRange;
import io.delever.engine.account.Leverage;
import io.delever.engine.account.Position;
import io.delever.engine.market.Asset;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.MarketView;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rounding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** One pass over one account, in plain longs × 10⁸. Lives for one calculation. */
final class Valuation {
    private final MarketView market;
    private boolean beyondRange;

    /** Made with the first entry: nearly every account is priced. */
    private SortedSet<InstrumentId> unpriced = Collections.emptySortedSet();

    /** Sum of everything without signs; while it is in range, every other sum is. */
    private long gross;

    private long equity;
    private long adjustedEquity;
    private long initialMargin;
    private long maintenanceMargin;
    private long notional;
    private long unrealizedPnl;

    private Valuation(MarketView market) {
        this.market = market;
    }

    /** Values everything. */
    static Valuation of(AccountView account, MarketView market) {
        Valuation valuation = new Valuation(market);
        valuation.addBalances(account);
        for (Position position : account.positions()) {
            valuation.add(account, position);
        }
        return valuation;
    }

    /** Values everything and keeps the figures of each position. */
    static Valuation of(AccountView account, MarketView market, List<PositionMargin> details) {
        Valuation valuation = new Valuation(market);
        valuation.addBalances(account);
        for (Position position : account.positions()) {
            valuation.add(account, position).ifPresent(details::add);
        }
        return valuation;
    }

    /** Values everything but the position in one instrument. */
    static Valuation without(AccountView account, InstrumentId left, MarketView market) {
        Valuation valuation = new Valuation(market);
        valuation.addBalances(account);
        for (Position position : account.positions()) {
            if (!position.instrument().equals(left)) {
                valuation.add(account, position);
            }
        }
        return valuation;
    }

    boolean isPriced() {
        return unpriced.isEmpty() && !beyondRange;
    }

    long grossE8() {
        return gross;
    }

    /** Adjusted equity − maintenance margin. */
    long slackE8() {
        return adjustedEquity - maintenanceMargin;
    }

    RiskState state(MarginParameters parameters) {
        if (!isPriced()) {
            return RiskState.PRICE_UNAVAILABLE;
        }
        if (equity < 0) {
            return RiskState.BANKRUPT;
        }
        if (MarginCalculator.isLiquidatable(
                new Money(adjustedEquity), new Money(maintenanceMargin))) {
            return RiskState.LIQUIDATABLE;
        }
        boolean warned =
                FixedPoint.compareProducts(
                                adjustedEquity,
                                FixedPoint.ONE_PPM,
                                maintenanceMargin,
                                parameters.marginCallLevel().ppm())
                        < 0;
        return warned && maintenanceMargin > 0 ? RiskState.MARGIN_CALL : RiskState.HEALTHY;
    }

    AccountMargin toMargin(MarginParameters parameters, List<PositionMargin> details) {
        RiskState state = state(parameters);
        Optional<MarginFigures> figures =
                state == RiskState.PRICE_UNAVAILABLE
                        ? Optional.empty()
                        : Optional.of(
                                new MarginFigures(
                                        new Money(equity),
                                        new Money(adjustedEquity),
                                        new Money(initialMargin),
                                        new Money(maintenanceMargin),
                                        new Money(notional),
                                        new Money(unrealizedPnl),
                                        details));
        return new AccountMargin(state, figures, new ArrayList<>(unpriced));
    }

    private void addBalances(AccountView account) {
        for (Map.Entry<AssetId, Money> entry : account.balances().entrySet()) {
            long balance = entry.getValue().e8();
            if (balance != 0) {
                addBalance(MarginCalculator.listed(market, entry.getKey()), balance);
            }
        }
    }

    private void addBalance(Asset asset, long balance) {
        if (asset.isUnitOfAccount()) {
            addCollateral(asset, balance);
            return;
        }
        InstrumentId pricedBy = asset.pricedBy().orElseThrow();
        Optional<Price> index = market.priceOf(pricedBy).usableIndex();
        if (index.isEmpty()
                || !AdmittedRange.isAdmitted(index.get())
                || !AdmittedRange.isValueWithin(
                        balance, index.get().e8(), AdmittedRange.MAX_AMOUNT_E8)) {
            miss(pricedBy);
            return;
        }
        addCollateral(
                asset,
                FixedPoint.mulDiv(balance, index.get().e8(), FixedPoint.ONE_E8, Rounding.FLOOR));
    }

    private void addCollateral(Asset asset, long full) {
        if (!HaircutRule.isWithinRange(full, asset.haircut())) {
            refuse(asset.pricedBy());
            return;
        }
        long adjusted = HaircutRule.adjustedE8(full, asset.haircut());
        if (fits(asset.pricedBy(), Math.max(Math.abs(full), Math.abs(adjusted)))) {
            equity += full;
            adjustedEquity += adjusted;
        }
    }

    private Optional<PositionMargin> add(AccountView account, Position position) {
        Instrument instrument = MarginCalculator.listed(market, position.instrument());
        Optional<Price> usable = market.priceOf(instrument.id()).usableMark();
        if (usable.isEmpty()) {
            miss(instrument.id());
            return Optional.empty();
        }
        Price mark = usable.get();
        if (!AdmittedRange.isAdmitted(mark)
                || !AdmittedRange.isValueWithin(
                        position.size().e8(), mark.e8(), AdmittedRange.MAX_AMOUNT_E8)) {
            miss(instrument.id());
            return Optional.empty();
        }
        Money value = position.notional(mark);
        // Both are at most 4 × 10^18, so their sum fits.
        if (!fits(Optional.of(instrument.id()), value.e8() + position.cost().abs().e8())) {
            return Optional.empty();
        }
        Money profit = position.unrealizedPnl(mark);
        Optional<Leverage> leverage = account.leverage(instrument.id());
        Money initial = MarginCalculator.initialMargin(instrument, value, leverage);
        Money maintenance = instrument.tiers().maintenanceMargin(value);
        notional += value.e8();
        unrealizedPnl += profit.e8();
        equity += profit.e8();
        adjustedEquity += profit.e8();
        initialMargin += initial.e8();
        maintenanceMargin += maintenance.e8();
        return Optional.of(new PositionMargin(position, mark, value, profit, initial, maintenance));
    }

    private boolean fits(Optional<InstrumentId> cause, long term) {
        if (term > AdmittedRange.MAX_AMOUNT_E8 - gross) {
            refuse(cause);
            return false;
        }
        gross += term;
        return true;
    }

    private void miss(InstrumentId instrument) {
        if (unpriced.isEmpty()) {
            unpriced = new TreeSet<>();
        }
        unpriced.add(instrument);
    }

    private void refuse(Optional<InstrumentId> cause) {
        beyondRange = true;
        cause.ifPresent(this::miss);
    }
}

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
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** One pass over one account, in plain longs × 10⁸. Lives for one calculation. */
final class Valuation {
    private static final Price UNIT = new Price(FixedPoint.ONE_E8);

    private final MarketView market;
    private final Rate profitWeight;
    private boolean beyondRange;

    /** Profit and loss of inverse contracts by the asset in which they are paid, × 10⁸. */
    private SortedMap<AssetId, Long> paidElsewhere = Collections.emptySortedMap();

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

    /** Profit less loss that is paid in the unit of account. */
    private long paidInUnit;

    private Valuation(MarketView market, Rate profitWeight) {
        this.market = market;
        this.profitWeight = profitWeight;
    }

    /** Values everything. */
    static Valuation of(AccountView account, MarketView market, MarginParameters parameters) {
        if (account.isPortfolioMargined()) {
            return of(account, market, parameters, new ArrayList<>());
        }
        Valuation valuation = new Valuation(market, parameters.profitWeight());
        valuation.addBalances(account);
        for (Position position : account.positions()) {
            valuation.add(account, position);
        }
        return valuation;
    }

    /** Values everything and keeps the figures of each position. */
    static Valuation of(
            AccountView account,
            MarketView market,
            MarginParameters parameters,
            List<PositionMargin> details) {
        Valuation valuation = new Valuation(market, parameters.profitWeight());
        valuation.addBalances(account);
        for (Position position : account.positions()) {
            valuation.add(account, position).ifPresent(details::add);
        }
        if (account.isPortfolioMargined() && valuation.isPriced()) {
            PortfolioTerms terms =
                    parameters
                            .portfolio()
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "no terms of portfolio margin for account "
                                                            + account.id()));
            valuation.askByScenarios(PortfolioRequirement.of(details, market, terms));
        }
        return valuation;
    }

    private void askByScenarios(Optional<PortfolioRequirement> requirement) {
        if (requirement.isEmpty()) {
            refuse(Optional.empty());
            return;
        }
        initialMargin = requirement.get().initialMargin().e8();
        maintenanceMargin = requirement.get().maintenanceMargin().e8();
    }

    /**
     * Values everything but the position in one instrument, which is linear; profit counts in
     * whole.
     */
    static Valuation without(AccountView account, InstrumentId left, MarketView market) {
        Valuation valuation = new Valuation(market, Rate.ONE);
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
        return adjustedE8() - maintenanceMargin;
    }

    /** A loss counts in whole, a profit with its weight (MARG-102). */
    private long adjustedE8() {
        return adjustedEquity + weighted(paidInUnit);
    }

    private long weighted(long profit) {
        return profit <= 0 || profitWeight.ppm() == FixedPoint.ONE_PPM
                ? profit
                : FixedPoint.mulDiv(profit, profitWeight.ppm(), FixedPoint.ONE_PPM, Rounding.FLOOR);
    }

    RiskState state(MarginParameters parameters) {
        if (!isPriced()) {
            return RiskState.PRICE_UNAVAILABLE;
        }
        if (equity < 0) {
            return RiskState.BANKRUPT;
        }
        if (MarginCalculator.isLiquidatable(
                new Money(adjustedE8()), new Money(maintenanceMargin))) {
            return RiskState.LIQUIDATABLE;
        }
        boolean warned =
                FixedPoint.compareProducts(
                                adjustedE8(),
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
                                        new Money(adjustedE8()),
                                        new Money(initialMargin),
                                        new Money(maintenanceMargin),
                                        new Money(notional),
                                        new Money(unrealizedPnl),
                                        details));
        return new AccountMargin(state, figures, new ArrayList<>(unpriced));
    }

    private void addBalances(AccountView account) {
        for (Position position : account.positions()) {
            Instrument instrument = MarginCalculator.listed(market, position.instrument());
            if (market.contractOf(instrument.id()).isInverse()) {
                payElsewhere(instrument, position);
            }
        }
        for (Map.Entry<AssetId, Money> entry : account.balances().entrySet()) {
            long balance = entry.getValue().e8();
            long paid = paidElsewhere.getOrDefault(entry.getKey(), 0L);
            if (balance != 0 || paid != 0) {
                addBalance(MarginCalculator.listed(market, entry.getKey()), balance, paid);
            }
        }
        for (Map.Entry<AssetId, Long> paid : paidElsewhere.entrySet()) {
            if (!account.balances().containsKey(paid.getKey()) && paid.getValue() != 0) {
                addBalance(MarginCalculator.listed(market, paid.getKey()), 0, paid.getValue());
            }
        }
    }

    /** What has no usable price or is out of range is missed when the position itself is valued. */
    private void payElsewhere(Instrument instrument, Position position) {
        Optional<Price> mark = market.priceOf(instrument.id()).usableMark();
        if (mark.isEmpty()
                || !market.contractOf(instrument.id())
                        .isValueWithin(position.size(), mark.get(), AdmittedRange.MAX_AMOUNT_E8)) {
            return;
        }
        long profit = profit(instrument, position, mark.get()).e8();
        if (paidElsewhere.isEmpty()) {
            paidElsewhere = new TreeMap<>();
        }
        long before = paidElsewhere.getOrDefault(instrument.settlement(), 0L);
        if (!AdmittedRange.isSumWithin(before, profit, AdmittedRange.MAX_AMOUNT_E8)) {
            refuse(Optional.of(instrument.id()));
            return;
        }
        paidElsewhere.put(instrument.settlement(), before + profit);
    }

    private Money profit(Instrument instrument, Position position, Price mark) {
        return market.contractOf(instrument.id())
                .value(position.size(), mark, Rounding.FLOOR)
                .minus(position.cost());
    }

    /** A balance and what is paid into it, both × 10⁸ of the asset (MARG-101). */
    private void addBalance(Asset asset, long balance, long paid) {
        Optional<Price> index =
                asset.pricedBy().isEmpty()
                        ? Optional.of(UNIT)
                        : market.priceOf(asset.pricedBy().get()).usableIndex();
        long limit = AdmittedRange.MAX_AMOUNT_E8;
        if (index.isEmpty()
                || !AdmittedRange.isAdmitted(index.get())
                || !AdmittedRange.isSumWithin(balance, paid, limit)
                || !AdmittedRange.isValueWithin(balance + paid, index.get().e8(), limit)) {
            asset.pricedBy().ifPresentOrElse(this::miss, () -> refuse(Optional.empty()));
            return;
        }
        Price price = index.get();
        long full =
                FixedPoint.mulDiv(balance + paid, price.e8(), FixedPoint.ONE_E8, Rounding.FLOOR);
        OptionalLong adjusted =
                CollateralRule.adjusted(asset, new Money(balance + weighted(paid)), price);
        if (adjusted.isEmpty()) {
            refuse(asset.pricedBy());
            return;
        }
        long counted = adjusted.getAsLong();
        if (fits(asset.pricedBy(), Math.max(Math.abs(full), Math.abs(counted)))) {
            equity += full;
            adjustedEquity += counted;
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
                || !market.contractOf(instrument.id())
                        .isValueWithin(position.size(), mark, AdmittedRange.MAX_AMOUNT_E8)) {
            miss(instrument.id());
            return Optional.empty();
        }
        Optional<Price> settled = settlementIndex(instrument);
        if (settled.isEmpty()) {
            return Optional.empty();
        }
        Price index = settled.get();
        Money contracts = market.contractOf(instrument.id()).notional(position.size(), mark);
        if (!isConvertible(contracts, index) || !isConvertible(position.cost(), index)) {
            refuse(Optional.of(instrument.id()));
            return Optional.empty();
        }
        Money value = inUnit(contracts, index, Rounding.CEILING);
        // Both are at most 4 × 10^18, so their sum fits.
        long term = value.e8() + inUnit(position.cost().abs(), index, Rounding.CEILING).e8();
        if (!fits(Optional.of(instrument.id()), term)) {
            return Optional.empty();
        }
        Money profit = inUnit(profit(instrument, position, mark), index, Rounding.FLOOR);
        Optional<Leverage> leverage = account.leverage(instrument.id());
        Money initial =
                inUnit(
                        MarginCalculator.initialMargin(instrument, contracts, leverage),
                        index,
                        Rounding.CEILING);
        Money maintenance =
                inUnit(instrument.tiers().maintenanceMargin(contracts), index, Rounding.CEILING);
        notional += value.e8();
        unrealizedPnl += profit.e8();
        if (!market.contractOf(instrument.id()).isInverse()) {
            equity += profit.e8();
            paidInUnit += profit.e8();
        }
        initialMargin += initial.e8();
        maintenanceMargin += maintenance.e8();
        return Optional.of(
                new PositionMargin(
                        position,
                        market.contractOf(instrument.id()),
                        mark,
                        index,
                        value,
                        profit,
                        initial,
                        maintenance));
    }

    /** What one unit of the settlement asset is worth; empty and missed where it is not known. */
    private Optional<Price> settlementIndex(Instrument instrument) {
        if (!market.contractOf(instrument.id()).isInverse()) {
            return Optional.of(UNIT);
        }
        Asset asset = MarginCalculator.listed(market, instrument.settlement());
        if (asset.isUnitOfAccount()) {
            return Optional.of(UNIT);
        }
        InstrumentId pricedBy = asset.pricedBy().orElseThrow();
        Optional<Price> index =
                market.priceOf(pricedBy).usableIndex().filter(AdmittedRange::isAdmitted);
        if (index.isEmpty()) {
            miss(pricedBy);
        }
        return index;
    }

    private static boolean isConvertible(Money amount, Price index) {
        return AdmittedRange.isValueWithin(amount.e8(), index.e8(), AdmittedRange.MAX_AMOUNT_E8);
    }

    private static Money inUnit(Money amount, Price index, Rounding rounding) {
        return index.e8() == FixedPoint.ONE_E8
                ? amount
                : new Money(
                        FixedPoint.mulDiv(amount.e8(), index.e8(), FixedPoint.ONE_E8, rounding));
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

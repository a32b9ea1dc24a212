package io.delever.engine.margin;

import io.delever.engine.account.AccountView;
import io.delever.engine.account.Leverage;
import io.delever.engine.market.Asset;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.MarketView;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rounding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an account is worth and what it must hold, from positions, balances and prices alone:
 * nothing here depends on whose account it is (MARG-014).
 *
 * <p>An instrument or asset that the market does not list is an {@link IllegalArgumentException}.
 */
public final class MarginCalculator {
    private MarginCalculator() {}

    /**
     * The figures of an isolated position, which answers with its own margin alone (MARG-110);
     * empty where the account has none in the instrument.
     */
    public static Optional<AccountMargin> evaluateIsolated(
            AccountView account,
            InstrumentId instrument,
            MarketView market,
            MarginParameters parameters) {
        return AccountParts.isolated(account, instrument, market)
                .map(part -> evaluate(part, market, parameters));
    }

    /**
     * Every figure of the account without its isolated positions; see {@link MarginFigures} for
     * signs and roundings.
     */
    public static AccountMargin evaluate(
            AccountView account, MarketView market, MarginParameters parameters) {
        List<PositionMargin> details = new ArrayList<>(account.positions().size());
        AccountView part = AccountParts.shared(account);
        return Valuation.of(part, market, parameters, details).toMargin(parameters, details);
    }

    /**
     * The same state as {@link #evaluate} gives, without the figures; for sweeps over many
     * accounts.
     */
    public static RiskState stateOf(
            AccountView account, MarketView market, MarginParameters parameters) {
        return Valuation.of(AccountParts.shared(account), market, parameters).state(parameters);
    }

    /** Whether maintenance margin &gt; 0 and maintenance margin &gt; adjusted equity (MARG-001). */
    public static boolean isLiquidatable(Money adjustedEquity, Money maintenanceMargin) {
        return maintenanceMargin.isPositive() && maintenanceMargin.compareTo(adjustedEquity) > 0;
    }

    /**
     * The greater of the tier's initial margin and notional ÷ chosen leverage, rounded up
     * (MARG-009).
     */
    public static Money initialMargin(
            Instrument instrument, Money notional, Optional<Leverage> leverage) {
        Money byTier = instrument.tiers().initialMargin(notional);
        if (leverage.isEmpty()) {
            return byTier;
        }
        long byChoice =
                FixedPoint.mulDiv(
                        notional.e8(), FixedPoint.ONE_PPM, leverage.get().ppm(), Rounding.CEILING);
        return byTier.max(new Money(byChoice));
    }

    /** See {@link LiquidationPrice}. */
    public static Optional<Price> liquidationPrice(
            AccountView account,
            InstrumentId instrument,
            MarketView market,
            MarginParameters parameters) {
        AccountView part = AccountParts.holding(account, instrument, market);
        return LiquidationPrice.of(part, instrument, market, parameters);
    }

    /** See {@link BankruptcyPrice#of}. */
    public static Optional<Price> bankruptcyPrice(
            AccountView account,
            InstrumentId instrument,
            MarketView market,
            MarginParameters parameters) {
        AccountView part = AccountParts.holding(account, instrument, market);
        return BankruptcyPrice.of(evaluate(part, market, parameters), instrument);
    }

    /** See {@link BankruptcyPrice#closeValue}. */
    public static Optional<Money> bankruptcyCloseValue(
            AccountView account, Instrument instrument, Quantity closed, MarketView market) {
        // Equity and the margin of each position decide here, and neither depends on the mode.
        List<PositionMargin> details = new ArrayList<>(account.positions().size());
        AccountMargin margin =
                Valuation.of(
                                AccountParts.byTiers(
                                        AccountParts.holding(account, instrument.id(), market)),
                                market,
                                BankruptcyPrice.ANY_PARAMETERS,
                                details)
                        .toMargin(BankruptcyPrice.ANY_PARAMETERS, details);
        return BankruptcyPrice.closeValue(margin, instrument, closed);
    }

    static Instrument listed(MarketView market, InstrumentId id) {
        return market.instrument(id)
                .orElseThrow(
                        () -> new IllegalArgumentException("instrument " + id + " is not listed"));
    }

    static Asset listed(MarketView market, AssetId id) {
        return market.asset(id)
                .orElseThrow(() -> new IllegalArgumentException("asset " + id + " is not listed"));
    }
}

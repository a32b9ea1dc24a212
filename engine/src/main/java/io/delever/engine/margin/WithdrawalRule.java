package io.delever.engine.margin;

import io.delever.engine.account.AccountView;
import io.delever.engine.account.AdmittedRange;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.MarketView;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import java.util.Optional;

/**
 * When money may leave an account (MARG-015): the balance covers it; an account with positions or
 * debts has every price it needs, is not in liquidation or bankrupt, and keeps adjusted equity ≥
 * initial margin and ≥ a tenth of its notional.
 */
final class WithdrawalRule {
    /** What stays of the notional, however small the initial margin is. */
    private static final Rate LEAST_SHARE = new Rate(100_000);

    private WithdrawalRule() {}

    static Optional<Refusal> check(
            AccountView account,
            AssetId asset,
            Money amount,
            MarketView market,
            MarginParameters parameters) {
        if (!carriesRisk(account)) {
            return checkBalance(account, asset, amount);
        }
        AccountMargin now = MarginCalculator.evaluate(account, market, parameters);
        Optional<Refusal> refusal =
                switch (now.state()) {
                    case PRICE_UNAVAILABLE ->
                            Optional.of(
                                    new Refusal(
                                            RejectionReason.PRICE_UNAVAILABLE,
                                            "account "
                                                    + account.id()
                                                    + " needs a usable price of "
                                                    + now.unpriced()));
                    case LIQUIDATABLE, BANKRUPT ->
                            Optional.of(
                                    new Refusal(
                                            RejectionReason.ACCOUNT_IN_LIQUIDATION,
                                            "account " + account.id() + " is " + now.state()));
                    case HEALTHY, MARGIN_CALL -> checkBalance(account, asset, amount);
                };
        if (refusal.isPresent()) {
            return refusal;
        }
        AccountView after = AfterTrade.balanceChange(account, asset, amount.negate());
        return checkInitialMargin(after, market, parameters)
                .or(() -> checkLeastShare(after, market, parameters));
    }

    /** Adjusted equity ≥ a tenth of the notional, rounded up; equality passes. */
    private static Optional<Refusal> checkLeastShare(
            AccountView after, MarketView market, MarginParameters parameters) {
        return MarginCalculator.evaluate(after, market, parameters)
                .figures()
                .filter(figures -> figures.adjustedEquity().compareTo(leastShare(figures)) < 0)
                .map(
                        figures ->
                                new Refusal(
                                        RejectionReason.INSUFFICIENT_MARGIN,
                                        "account "
                                                + after.id()
                                                + " would have adjusted equity "
                                                + figures.adjustedEquity()
                                                + ", a tenth of its notional is "
                                                + leastShare(figures)));
    }

    private static Money leastShare(MarginFigures figures) {
        return figures.notional().times(LEAST_SHARE, Rounding.CEILING);
    }

    static Optional<Refusal> checkBalance(AccountView account, AssetId asset, Money amount) {
        Money balance = account.balance(asset);
        if (balance.compareTo(amount) >= 0) {
            return Optional.empty();
        }
        return Optional.of(
                new Refusal(
                        RejectionReason.INSUFFICIENT_BALANCE,
                        "account "
                                + account.id()
                                + " has "
                                + balance
                                + " "
                                + asset
                                + ", asked for "
                                + amount));
    }

    /** Adjusted equity ≥ initial margin; equality passes. */
    static Optional<Refusal> checkInitialMargin(
            AccountView after, MarketView market, MarginParameters parameters) {
        Optional<MarginFigures> figures =
                MarginCalculator.evaluate(after, market, parameters).figures();
        if (figures.isEmpty()) {
            return Optional.of(
                    new Refusal(
                            RejectionReason.AMOUNT_TOO_LARGE,
                            "gross value of account "
                                    + after.id()
                                    + " would exceed the limit "
                                    + FixedPoint.formatE8(AdmittedRange.MAX_AMOUNT_E8)));
        }
        Money equity = figures.get().adjustedEquity();
        Money needed = figures.get().initialMargin();
        if (equity.compareTo(needed) >= 0) {
            return Optional.empty();
        }
        return Optional.of(
                new Refusal(
                        RejectionReason.INSUFFICIENT_MARGIN,
                        "account "
                                + after.id()
                                + " would have adjusted equity "
                                + equity
                                + ", initial margin is "
                                + needed));
    }

    private static boolean carriesRisk(AccountView account) {
        return !account.positions().isEmpty()
                || account.balances().values().stream().anyMatch(Money::isNegative);
    }
}

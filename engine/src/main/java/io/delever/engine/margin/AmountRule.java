package io.delever.engine.margin;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AdmittedRange;
import io.delever.engine.market.AssetId;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import java.util.Optional;

/**
 * Keeps balances and house accounts in their admitted ranges, so that nothing behind can overflow
 * (MARG-019).
 */
final class AmountRule {
    private AmountRule() {}

    /** The account's balance changes by {@code change}, the counterparty's by the opposite. */
    static Optional<Refusal> check(
            AccountLedger ledger,
            AccountId account,
            AssetId asset,
            Money change,
            Counterparty counterparty) {
        return checkBalance(ledger, account, asset, change)
                .or(() -> checkHouse(ledger, asset, change.negate(), counterparty));
    }

    /** The account's balance changes by {@code change}. */
    static Optional<Refusal> checkBalance(
            AccountLedger ledger, AccountId account, AssetId asset, Money change) {
        Money balance = ledger.account(account).map(view -> view.balance(asset)).orElse(Money.ZERO);
        return AdmittedRange.isSumWithin(balance.e8(), change.e8(), AdmittedRange.MAX_AMOUNT_E8)
                ? Optional.empty()
                : tooLarge(
                        "balance of account "
                                + account
                                + " in "
                                + asset
                                + " is "
                                + balance
                                + ", the change",
                        change.e8(),
                        AdmittedRange.MAX_AMOUNT_E8);
    }

    /** The house account changes by {@code change}. */
    static Optional<Refusal> checkHouse(
            AccountLedger ledger, AssetId asset, Money change, Counterparty counterparty) {
        if (ledger.house().admits(counterparty, asset, change)) {
            return Optional.empty();
        }
        return tooLarge(
                "total of house account " + counterparty + " in " + asset + " after " + change,
                ledger.house().balance(counterparty, asset).e8(),
                AdmittedRange.MAX_HOUSE_TOTAL_E8);
    }

    static Optional<Refusal> tooLarge(String what, long e8, long limitE8) {
        return Optional.of(
                new Refusal(
                        RejectionReason.AMOUNT_TOO_LARGE,
                        what
                                + " is "
                                + FixedPoint.formatE8(e8)
                                + ", the limit is "
                                + FixedPoint.formatE8(limitE8)));
    }
}

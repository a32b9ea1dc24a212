package io.delever.engine.margin;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.Leverage;
import io.delever.engine.market.Asset;
import io.delever.engine.market.AssetId;
import io.delever.engine.market.Instrument;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import java.util.Optional;

/**
 * Everything that changes an account or a risk parameter. The constructors refuse what is malformed
 * with an {@link IllegalArgumentException}; the ledger refuses what does not fit its state with a
 * {@link Reply.Rejected}.
 */
public sealed interface AccountCommand {
    /**
     * Money from outside; opens the account where it does not exist. The amount is greater than 0.
     */
    record Deposit(AccountId account, AssetId asset, Money amount) implements AccountCommand {
        public Deposit {
            requirePositive(amount);
        }
    }

    /** Money to outside. The amount is greater than 0. */
    record Withdrawal(AccountId account, AssetId asset, Money amount) implements AccountCommand {
        public Withdrawal {
            requirePositive(amount);
        }
    }

    /** Money to another account, first leg: it leaves the sender. The amount is greater than 0. */
    record Transfer(AccountId from, AccountId to, AssetId asset, Money amount)
            implements AccountCommand {
        public Transfer {
            requirePositive(amount);
        }
    }

    /** Second leg, on the receiver's ledger, with the command id {@code <transferId>:credit}. */
    record TransferCredit(String transferId, AccountId to, AssetId asset, Money amount)
            implements AccountCommand {
        public TransferCredit {
            requirePositive(amount);
        }
    }

    /**
     * Third leg, on the sender's ledger, with the command id {@code <transferId>:finish}.
     *
     * @param delivered whether the credit was accepted; otherwise the money goes back to the sender
     */
    record TransferFinish(String transferId, boolean delivered) implements AccountCommand {}

    /**
     * One account's side of a trade. A fact: it is not refused for lack of margin or of a price.
     *
     * @param size + bought, − sold, not 0
     * @param fee 0 or more, taken from the account in the settlement asset
     * @param reduceOnly refused where it would open, grow or flip the position
     * @param tradeId the venue's id of the trade, the same on both sides
     * @param caseId the liquidation case that caused it
     */
    record Fill(
            AccountId account,
            InstrumentId instrument,
            Quantity size,
            Price price,
            Money fee,
            FeeBeneficiary feeBeneficiary,
            boolean reduceOnly,
            String tradeId,
            Optional<String> caseId)
            implements AccountCommand {
        public Fill {
            if (size.isZero()) {
                throw new IllegalArgumentException("the size of a fill must not be 0");
            }
            if (fee.isNegative()) {
                throw new IllegalArgumentException("the fee of a fill must be >= 0, is " + fee);
            }
        }
    }

    /** Chooses the leverage that initial margin is computed with. */
    record LeverageChange(AccountId account, InstrumentId instrument, Leverage leverage)
            implements AccountCommand {}

    /** Chooses how a position shares collateral; only {@link MarginMode#CROSS} is admitted. */
    record MarginModeChange(AccountId account, InstrumentId instrument, MarginMode mode)
            implements AccountCommand {}

    /**
     * Money between an account and the insurance fund.
     *
     * @param amount + the fund pays the account, − the account pays the fund, not 0
     */
    record InsuranceSettlement(
            AccountId account, AssetId asset, Money amount, Optional<String> caseId)
            implements AccountCommand {
        public InsuranceSettlement {
            if (amount.isZero()) {
                throw new IllegalArgumentException("the amount of a settlement must not be 0");
            }
        }
    }

    /** Lists an instrument or replaces its risk parameters. */
    record InstrumentListing(Instrument instrument) implements AccountCommand {}

    /** Lists a collateral asset or replaces its parameters. */
    record AssetListing(Asset asset) implements AccountCommand {}

    private static void requirePositive(Money amount) {
        if (!amount.isPositive()) {
            throw new IllegalArgumentException("the amount must be > 0, is " + amount);
        }
    }
}

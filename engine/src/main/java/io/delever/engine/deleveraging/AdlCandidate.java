package io.delever.engine.deleveraging;

import io.delever.engine.account.AccountId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Quantity;

/**
 * One account's position as auto-deleveraging sees it. Nothing else about an account counts
 * (ADLQ-001).
 *
 * @param account the holder
 * @param size signed: + long, − short; not zero
 * @param unrealizedPnl of this position at the mark price
 * @param equity of the whole account at full value
 * @param otherExposure notional of the account's other positions, signed like sizes: + gains where
 *     this instrument's price rises; what offsets this position is a hedge (ADLQ-044)
 */
public record AdlCandidate(
        AccountId account, Quantity size, Money unrealizedPnl, Money equity, Money otherExposure) {

    /** An account without other positions. */
    public AdlCandidate(AccountId account, Quantity size, Money unrealizedPnl, Money equity) {
        this(account, size, unrealizedPnl, equity, Money.ZERO);
    }

    /** Whether this account may be asked: profit and equity both greater than zero (ADLQ-001). */
    public boolean isProfitable() {
        return unrealizedPnl.signum() > 0 && equity.signum() > 0;
    }
}

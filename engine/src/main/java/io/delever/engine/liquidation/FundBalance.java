package io.delever.engine.liquidation;

import io.delever.engine.market.AssetId;
import io.delever.engine.money.Money;

/**
 * The fund's figures of one asset; balance = contributions + fees − paid (FUND-002).
 *
 * @param balance what the fund holds, never below {@code floor} once it was above it, never
 *     negative
 * @param floor what a draw must leave
 * @param contributions capital given, ≥ 0
 * @param fees liquidation fees received, ≥ 0
 * @param paid deficits paid, ≥ 0
 * @param reserved held for orders at the venue, ≥ 0
 */
public record FundBalance(
        AssetId asset,
        Money balance,
        Money floor,
        Money contributions,
        Money fees,
        Money paid,
        Money reserved) {

    /** What could be drawn or reserved now: balance − floor − reserved, not below zero. */
    public Money available() {
        Money free = balance.minus(floor).minus(reserved);
        return free.signum() > 0 ? free : Money.ZERO;
    }
}

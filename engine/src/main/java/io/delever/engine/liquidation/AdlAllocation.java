package io.delever.engine.liquidation;

import io.delever.engine.account.AccountId;
import io.delever.engine.money.Quantity;

/**
 * What the ADL policy asks of one profitable account.
 *
 * @param counterparty the account on the other side
 * @param size > 0, how much of its position is closed
 */
public record AdlAllocation(AccountId counterparty, Quantity size) {
    /** Refuses a size ≤ 0. */
    public AdlAllocation {
        if (size.signum() <= 0) {
            throw new IllegalArgumentException(
                    "ADL allocation of " + counterparty + ": size " + size + ", must be > 0");
        }
    }
}

package io.delever.engine.deleveraging;

import io.delever.engine.account.AccountId;
import io.delever.engine.money.Money;
import io.delever.engine.money.Quantity;

/**
 * One winner's part.
 *
 * @param account the winner
 * @param size the winner's own fill, signed: it reduces the winner's position
 * @param pnlHaircut what the winner gives up against the mark price, ≥ 0, rounded up
 */
public record AdlAllocation(AccountId account, Quantity size, Money pnlHaircut) {}

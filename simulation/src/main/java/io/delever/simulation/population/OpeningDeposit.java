package io.delever.simulation.population;

import io.delever.engine.account.AccountId;
import io.delever.engine.market.AssetId;
import io.delever.engine.money.Money;

/**
 * Money that an account brings.
 *
 * @param account whose
 * @param asset in which asset
 * @param amount above 0
 */
public record OpeningDeposit(AccountId account, AssetId asset, Money amount) {}

package io.delever.simulation.population;

import io.delever.engine.account.AccountId;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;

/**
 * A trade by which a position stands at the start.
 *
 * @param tradeId the same on both sides
 * @param trader the account of the population
 * @param maker the market maker on the other side
 * @param instrument what is traded
 * @param size signed for the trader, a multiple of the lot, not 0; the maker takes the opposite
 * @param price above 0, a multiple of the tick
 */
public record OpeningTrade(
        String tradeId,
        AccountId trader,
        AccountId maker,
        InstrumentId instrument,
        Quantity size,
        Price price) {}

package io.delever.margin.core;

import io.delever.engine.account.AccountSnapshot;
import io.delever.engine.margin.AccountMargin;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.PriceState;
import io.delever.engine.money.Price;
import java.util.Map;
import java.util.SortedMap;

/**
 * One account as it stood at one moment.
 *
 * @param liquidationPrices of the instruments that have one
 * @param bankruptcyPrices of the instruments that have one
 * @param prices the prices behind the margin, one for each instrument that a position or a balance needs
 * @param sequence journal sequence up to which this is complete
 */
public record AccountReport(
        AccountSnapshot account,
        AccountMargin margin,
        Map<InstrumentId, Price> liquidationPrices,
        Map<InstrumentId, Price> bankruptcyPrices,
        SortedMap<InstrumentId, PriceState> prices,
        int shard,
        long sequence) {}

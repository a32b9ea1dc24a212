package io.delever.margin.core;

import io.delever.engine.account.AccountSnapshot;
import io.delever.engine.margin.AccountMargin;
import io.delever.engine.margin.StandingState;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.PriceState;
import java.util.SortedMap;

/**
 * One account as it stood at one moment.
 *
 * @param closePrices liquidation and bankruptcy prices, where they were asked for
 * @param prices the prices behind the margin, one for each instrument that a position or a balance
 *     needs
 * @param sequence journal sequence up to which this is complete
 */
public record AccountReport(
        AccountSnapshot account,
        StandingState standing,
        AccountMargin margin,
        AccountReports.ClosePrices closePrices,
        SortedMap<InstrumentId, PriceState> prices,
        int shard,
        long sequence) {}

package io.delever.simulation.margin;

import io.delever.engine.account.AccountSnapshot;
import io.delever.engine.margin.MarginParameters;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.MarketSnapshot;
import io.delever.engine.money.Rate;
import java.util.List;
import java.util.Map;

/**
 * What the calculator is asked: accounts in the order of the file, and the market they stand in.
 */
record MarginInput(
        MarginParameters parameters,
        MarketSnapshot market,
        Map<InstrumentId, Rate> volatilities,
        List<AccountSnapshot> accounts) {
    MarginInput {
        volatilities = Map.copyOf(volatilities);
        accounts = List.copyOf(accounts);
    }
}

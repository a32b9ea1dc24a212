package io.delever.simulation.margin;

import io.delever.engine.account.AccountSnapshot;
import io.delever.engine.margin.MarginParameters;
import io.delever.engine.market.MarketSnapshot;
import java.util.List;

/**
 * What the calculator is asked: accounts in the order of the file, and the market they stand in.
 */
record MarginInput(
        MarginParameters parameters, MarketSnapshot market, List<AccountSnapshot> accounts) {
    MarginInput {
        accounts = List.copyOf(accounts);
    }
}

package io.delever.liquidation.core;

import io.delever.engine.account.AccountId;
import io.delever.engine.account.AccountView;
import io.delever.engine.liquidation.CaseAction;
import io.delever.engine.margin.AccountMargin;
import io.delever.engine.margin.ProfitablePosition;
import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.MarketView;
import java.util.List;
import java.util.Optional;

/** What margin-service knows and does. Every method may throw {@link UnreachableException}. */
public interface MarginGateway {
    /** The account with the prices and parameters it needs; empty where it does not exist. */
    Optional<Seen> account(AccountId id);

    /** Books a fill; the reason of a refusal. The same id again gets the first answer. */
    Optional<String> book(CaseAction.BookFill fill);

    /**
     * Books a payment of the fund; the reason of a refusal. The same id again gets the first
     * answer.
     */
    Optional<String> settle(CaseAction.BookSettlement settlement);

    /** Accounts with profit on one side of an instrument, greatest profit first. */
    List<ProfitablePosition> profitable(InstrumentId instrument, boolean isLong, int limit);

    /** An account as margin-service shows it, evaluated by the engine. */
    record Seen(AccountView account, AccountMargin margin, MarketView market) {}
}

package io.delever.engine.margin;

import io.delever.engine.account.Position;
import io.delever.engine.market.Contract;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;

/**
 * One position at its mark price; amounts are in the unit of account.
 *
 * @param contract how its value follows the mark
 * @param settlementIndex what one unit of the asset in which profit is paid is worth in the unit of
 *     account
 * @param notional |value| at the mark, rounded up
 * @param unrealizedPnl value at the mark − cost, rounded down
 * @param initialMargin by tier or by the chosen leverage, whichever asks for more; rounded up
 * @param maintenanceMargin by tier, rounded up
 */
public record PositionMargin(
        Position position,
        Contract contract,
        Price mark,
        Price settlementIndex,
        Money notional,
        Money unrealizedPnl,
        Money initialMargin,
        Money maintenanceMargin) {}

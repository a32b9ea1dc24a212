package io.delever.engine.margin;

import io.delever.engine.account.Position;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;

/**
 * One position at its mark price.
 *
 * @param notional |size| × mark, rounded up
 * @param unrealizedPnl size × mark − cost, rounded down
 * @param initialMargin by tier or by the chosen leverage, whichever asks for more; rounded up
 * @param maintenanceMargin by tier, rounded up
 */
public record PositionMargin(
        Position position,
        Price mark,
        Money notional,
        Money unrealizedPnl,
        Money initialMargin,
        Money maintenanceMargin) {}

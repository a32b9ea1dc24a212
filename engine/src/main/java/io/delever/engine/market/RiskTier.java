package io.delever.engine.market;

import io.delever.engine.money.Money;
import io.delever.engine.money.Rate;

/**
 * One row of a tier table.
 *
 * @param notionalFloor the row holds from this notional on
 * @param initialMargin rate of the part of the notional that lies in this row
 * @param maintenanceMargin rate of the part of the notional that lies in this row
 */
public record RiskTier(Money notionalFloor, Rate initialMargin, Rate maintenanceMargin) {}

package io.delever.simulation.scenario;

import io.delever.engine.liquidation.LiquidationParameters;
import io.delever.engine.money.Money;
import io.delever.engine.money.Rate;

/**
 * How forced closing works.
 *
 * @param parameters how cases are run; durations are market time
 * @param fundFloor what a draw must leave in the insurance fund, in the unit of account
 * @param adlSeverity share of the uncovered deficit that auto-deleveraging takes
 * @param adlProfitCap greatest share of its profit that one winner gives up
 */
public record LiquidationSpec(
        LiquidationParameters parameters, Money fundFloor, Rate adlSeverity, Rate adlProfitCap) {}

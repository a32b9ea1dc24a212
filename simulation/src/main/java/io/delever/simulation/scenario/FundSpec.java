package io.delever.simulation.scenario;

import io.delever.engine.money.Money;

/**
 * The insurance fund at the start.
 *
 * @param contribution capital in the unit of account, at least 0
 */
public record FundSpec(Money contribution) {}

package io.delever.simulation.scenario;

import io.delever.engine.money.Money;
import io.delever.engine.money.Rate;

/**
 * The market makers: ordinary accounts that hold the other side of every position at the start and
 * of every order at the paper venue. Nothing exempts them from liquidation or auto-deleveraging.
 *
 * @param accounts number of makers, at least 2, so that none ever trades with itself
 * @param equityShare equity of each maker as a share of its gross notional at the start
 * @param equityMinimum each maker's equity is at least this
 */
public record MakerSpec(int accounts, Rate equityShare, Money equityMinimum) {}

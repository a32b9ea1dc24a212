package io.delever.engine.stress;

import java.util.List;

/**
 * One account of a stress test.
 *
 * @param cash in the settlement asset, less what its positions cost; any sign
 * @param positions signed: + long, − short
 * @param collateral above 0, other assets than the settlement asset
 */
public record StressAccount(
        String id, double cash, List<Holding> positions, List<Holding> collateral) {
    /** Copies the lists; refuses what is not a number and collateral that is not above 0. */
    public StressAccount {
        Numbers.requireFinite("cash of " + id, cash);
        positions = List.copyOf(positions);
        collateral = List.copyOf(collateral);
        for (Holding holding : collateral) {
            Numbers.requirePositive("collateral of " + id, holding.size());
        }
    }

    /**
     * So much of one market.
     *
     * @param market its place in the list of markets
     * @param size in units of the base
     */
    public record Holding(int market, double size) {
        /** Refuses what is not a number. */
        public Holding {
            Numbers.requireFinite("size", size);
        }
    }
}

package io.delever.engine.population;

import io.delever.engine.margin.RiskState;
import java.util.Optional;

/** The state of one row from bounds on both sides of each figure; empty where they do not say. */
final class Brackets {
    /** Share of all terms that the rounding of sizes and sums stays below. */
    private static final double SHARE = 0x1p-21;

    private final KeyTable table;
    private final double level;

    Brackets(KeyTable table, double level) {
        this.table = table;
        this.level = level;
    }

    Optional<RiskState> stateOf(Lane lane, int row) {
        double equity = lane.cash(row);
        double adjusted = equity;
        double most = 0;
        double least = 0;
        double gross = Math.abs(equity);
        for (int j = 0; j < lane.width; j++) {
            char key = lane.key(row, j);
            if (table.unusable[key]) {
                return Optional.of(RiskState.PRICE_UNAVAILABLE);
            }
            double size = lane.size(row, j);
            double amount = key == 0 ? 0 : table.amount[key];
            equity += table.worth[key] * size;
            adjusted += table.counted[key] * size;
            most += table.most[key] * size - amount;
            least += Math.max(0, table.least[key] * size - amount);
            gross += Math.abs(table.worth[key] * size) + Math.abs(table.counted[key] * size);
            gross += (table.most[key] + table.least[key]) * size + amount;
        }
        double around = SHARE * gross + Entries.roundingUnits(lane.width, level);
        return state(equity, adjusted, new Bounds(least - around, most + around), around);
    }

    /** Maintenance margin lies between the two. */
    private record Bounds(double least, double most) {}

    /** Every comparison with NaN fails, so that nothing is said. */
    private Optional<RiskState> state(
            double equity, double adjusted, Bounds required, double around) {
        double atLevel = level * around;
        if (equity + around < 0) {
            return Optional.of(RiskState.BANKRUPT);
        }
        if (!(equity - around >= 0)) {
            return Optional.empty();
        }
        if (required.least() > 0 && adjusted + around < required.least()) {
            return Optional.of(RiskState.LIQUIDATABLE);
        }
        if (!(adjusted - around >= required.most())) {
            return Optional.empty();
        }
        if (required.least() > 0 && adjusted + atLevel < level * required.least()) {
            return Optional.of(RiskState.MARGIN_CALL);
        }
        return adjusted - atLevel >= level * required.most()
                ? Optional.of(RiskState.HEALTHY)
                : Optional.empty();
    }
}

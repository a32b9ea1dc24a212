package io.delever.engine.stress;

import io.delever.engine.stress.LiquidationMap.Forced;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What an insurance fund may have to pay for the live book within a day (STRS-070, STRS-071): the
 * deficits after a push of every market to where a past day ended it, by historical simulation.
 */
public final class DeficitForecast {
    private DeficitForecast() {}

    /**
     * The deficit of each past day.
     *
     * @param markets the live book
     * @param days what each market did on each day, as a share of its price: −0.1 fell by a tenth;
     *     a market that a day does not name stays
     */
    public static List<Double> deficits(
            List<LiveLevels.Market> markets, List<Map<String, Double>> days) {
        List<Double> deficits = new ArrayList<>();
        for (Map<String, Double> day : days) {
            double sum = 0;
            for (LiveLevels.Market market : markets) {
                double move = day.getOrDefault(market.instrument(), 0d);
                if (!(move > -1) || !Double.isFinite(move)) {
                    throw new IllegalArgumentException(
                            "move of " + market.instrument() + ": " + move + ", limit -1");
                }
                if (move != 0) {
                    Forced forced = market.map().push(market.price() * (1 + move)).forced();
                    sum += forced.deficit();
                }
            }
            deficits.add(sum);
        }
        return deficits;
    }

    /**
     * The value at risk: the smallest of these deficits that at least the stated share of them does
     * not pass; an upper value, never interpolated.
     *
     * @param level above 0, at most 1: 0.99 is passed on one day in a hundred
     */
    public static double valueAtRisk(List<Double> deficits, double level) {
        if (deficits.isEmpty() || !(level > 0) || level > 1) {
            throw new IllegalArgumentException(
                    deficits.size() + " deficits at level " + level + ": one is needed, limit 1");
        }
        double[] sorted = deficits.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        int index = (int) StrictMath.ceil(level * sorted.length - 1e-9) - 1;
        return sorted[Math.max(0, index)];
    }
}

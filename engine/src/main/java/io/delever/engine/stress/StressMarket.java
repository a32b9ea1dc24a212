package io.delever.engine.stress;

/**
 * One market of a stress test: an instrument, an asset that serves as collateral, or both.
 *
 * @param price now, above 0
 * @param maintenance share of the value of a position that must be covered
 * @param haircut share of the value of collateral that does not count
 */
public record StressMarket(
        String id, double price, Impact impact, Response maintenance, Response haircut) {
    /** Refuses a price that is not above 0. */
    public StressMarket {
        Numbers.requirePositive("price of " + id, price);
    }

    /**
     * A rate that follows the move of its market (STRS-043): rate + slope × |move|, at most 1.
     *
     * @param rate without a move, 0 to 1
     * @param slope for a move of the whole price, at least 0; 0 keeps the rate
     */
    public record Response(double rate, double slope) {
        /** Refuses what is not a number or out of range. */
        public Response {
            Numbers.requireNotNegative("rate", rate);
            Numbers.requireNotNegative("slope", slope);
            if (rate > 1) {
                throw new IllegalArgumentException("rate: " + rate + ", limit 1");
            }
        }

        /** The rate after a move, as a share of the price at the start. */
        double after(double move) {
            return Math.min(1, rate + slope * Math.abs(move));
        }

        /** The same rate whatever the market does. */
        Response still() {
            return new Response(rate, 0);
        }
    }

    /** The same market whose margins do not follow its moves. */
    StressMarket withStillMargins() {
        return new StressMarket(id, price, impact, maintenance.still(), haircut);
    }

    /** The same market whose haircuts do not follow its moves. */
    StressMarket withStillHaircuts() {
        return new StressMarket(id, price, impact, maintenance, haircut.still());
    }
}

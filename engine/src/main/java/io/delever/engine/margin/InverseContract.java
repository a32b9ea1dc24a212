package io.delever.engine.margin;

import io.delever.engine.money.Ratio;
import java.util.Optional;

/**
 * Margin of inverse contracts: their size is counted in the quote currency, their margin and profit
 * in the base currency, so that value is contracts ÷ price (MARG-070 to MARG-073; RULES §6, §7).
 *
 * <p>Everything is exact; whoever shows a price rounds it, a long's up and a short's down.
 */
public final class InverseContract {
    private InverseContract() {}

    /**
     * A position in one inverse contract.
     *
     * @param isLong whether it gains while the price rises
     * @param contracts its size in units of the quote currency, above 0
     * @param entry price at which it was opened, above 0
     */
    public record Holding(boolean isLong, Ratio contracts, Ratio entry) {
        /** Refuses sizes and prices of 0 or less. */
        public Holding {
            if (contracts.signum() <= 0 || entry.signum() <= 0) {
                throw new IllegalArgumentException(
                        "contracts %s and entry %s must be above 0".formatted(contracts, entry));
            }
        }

        /** Its value at entry, in the base currency. */
        Ratio entryValue() {
            return contracts.dividedBy(entry);
        }

        private Ratio signed(Ratio amount) {
            return isLong ? amount : amount.negate();
        }

        /**
         * The price at which the value has become so much; none where that is not above 0.
         *
         * @param spent what may be lost before, in the base currency
         * @param kept what must be left for each unit of value at that price
         */
        private Optional<Ratio> priceWhereLeft(Ratio spent, Ratio kept) {
            Ratio value = entryValue().plus(signed(spent));
            Ratio numerator = contracts.times(Ratio.ONE.plus(signed(kept)));
            return value.signum() <= 0 || numerator.signum() <= 0
                    ? Optional.empty()
                    : Optional.of(numerator.dividedBy(value));
        }
    }

    /**
     * contracts ÷ price ÷ leverage, in the base currency (MARG-070).
     *
     * @param leverage above 0
     */
    public static Ratio initialMargin(Ratio contracts, Ratio price, Ratio leverage) {
        return contracts.dividedBy(price).dividedBy(leverage);
    }

    /**
     * The price at which margin + profit is the maintenance rate × the value at that price
     * (MARG-071). None where no price above 0 does it: a short that is margined in full.
     *
     * @param margin what backs the position, in the base currency
     */
    public static Optional<Ratio> liquidationPrice(
            Holding holding, Ratio margin, Ratio maintenanceMargin) {
        return holding.priceWhereLeft(margin, maintenanceMargin);
    }

    /**
     * The same with maintenance margin fixed at entry value, as some venues have it (MARG-072).
     *
     * @param margin what backs the position, in the base currency
     */
    public static Optional<Ratio> liquidationPriceFixedAtEntry(
            Holding holding, Ratio margin, Ratio maintenanceMargin) {
        Ratio kept = holding.entryValue().times(maintenanceMargin);
        return holding.priceWhereLeft(margin.minus(kept), Ratio.ZERO);
    }

    /**
     * The price at which the margin is used up and the fee of closing there is paid (MARG-073).
     * None where no price above 0 does it.
     *
     * @param margin what backs the position, in the base currency
     * @param fee rate on the value at that price
     */
    public static Optional<Ratio> bankruptcyPrice(Holding holding, Ratio margin, Ratio fee) {
        return holding.priceWhereLeft(margin, fee);
    }
}

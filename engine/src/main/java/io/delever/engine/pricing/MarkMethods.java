package io.delever.engine.pricing;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Ratio;
import io.delever.engine.money.Rounding;
import io.delever.engine.pricing.PriceAverages.DepthAverage;
import io.delever.engine.pricing.PriceAverages.DepthLevel;
import java.util.List;
import java.util.Optional;

/**
 * Mark prices from a venue's own trades and book (PRIC-050 to PRIC-055; RULES §2). They are exact
 * until the price, which is rounded half-even to 10⁻⁸.
 */
public final class MarkMethods {
    private MarkMethods() {}

    /**
     * A trade.
     *
     * @param price its price
     * @param size its size, above 0
     * @param timeNanos when it happened
     */
    public record Trade(Price price, Quantity size, long timeNanos) {
        /** Refuses a size of 0 or less. */
        public Trade {
            if (size.signum() <= 0) {
                throw new IllegalArgumentException("size of a trade: %s, limit 0".formatted(size));
            }
        }
    }

    /**
     * How the weight of a trade falls with its age: 1 − weight × (age ÷ window)^power.
     *
     * @param weight share that a trade loses by the end of the window, at most 1
     * @param power 0 (all alike), 1 (linear) to 10
     * @param windowNanos above 0; older trades do not count
     */
    public record Decay(Rate weight, int power, long windowNanos) {
        private static final int GREATEST_POWER = 10;

        /** Refuses what is out of range, with the value and the limit. */
        public Decay {
            if (weight.compareTo(Rate.ONE) > 0) {
                throw new IllegalArgumentException("decay weight: %s, limit 1".formatted(weight));
            }
            if (power < 0 || power > GREATEST_POWER) {
                throw new IllegalArgumentException(
                        "decay power: %d, limits 0 and %d".formatted(power, GREATEST_POWER));
            }
            if (windowNanos <= 0) {
                throw new IllegalArgumentException(
                        "decay window: %d ns, limit above 0".formatted(windowNanos));
            }
        }

        private Ratio at(long ageNanos) {
            return Ratio.ONE.minus(
                    Ratio.of(weight).times(Ratio.of(ageNanos, windowNanos).power(power)));
        }
    }

    /**
     * The mean of the trades of the window by size and decay (PRIC-050). Empty where no trade of
     * the window has any weight left.
     *
     * @param trades in any order; those later than now do not count
     */
    public static Optional<Price> fromTrades(List<Trade> trades, Decay decay, long nowNanos) {
        Ratio weights = Ratio.ZERO;
        Ratio sum = Ratio.ZERO;
        for (Trade trade : trades) {
            long age = Math.subtractExact(nowNanos, trade.timeNanos());
            if (age >= 0 && age <= decay.windowNanos()) {
                Ratio weight = decay.at(age).times(Ratio.of(trade.size()));
                weights = weights.plus(weight);
                sum = sum.plus(weight.times(Ratio.of(trade.price())));
            }
        }
        return weights.signum() == 0
                ? Optional.empty()
                : Optional.of(sum.dividedBy(weights).price(Rounding.HALF_EVEN));
    }

    /**
     * What a book mark is asked with.
     *
     * @param cash amount that a trader is thought to margin, above 0
     * @param scaling initial margin ÷ maintenance margin of that trader, above 0
     * @param slippage share that closing is thought to cost
     * @param longRisk risk factor of a long
     * @param shortRisk risk factor of a short
     */
    public record LeverageNotional(
            Ratio cash, Ratio scaling, Rate slippage, Rate longRisk, Rate shortRisk) {
        /** Refuses amounts of 0 or less and factors that give no margin. */
        public LeverageNotional {
            if (cash.signum() <= 0 || scaling.signum() <= 0) {
                throw new IllegalArgumentException(
                        "cash %s and scaling %s must be above 0".formatted(cash, scaling));
            }
            if (slippage.ppm() + Math.min(longRisk.ppm(), shortRisk.ppm()) == 0) {
                throw new IllegalArgumentException("slippage and risk factor are both 0");
            }
        }

        /** What a trader with that margin sells into the bids. */
        public Ratio buy() {
            return notional(shortRisk);
        }

        /** What a trader with that margin buys from the asks. */
        public Ratio sell() {
            return notional(longRisk);
        }

        private Ratio notional(Rate risk) {
            return cash.dividedBy(scaling.times(Ratio.of(slippage).plus(Ratio.of(risk))));
        }
    }

    /**
     * The size that a notional buys at the best price of a side, rounded down. Empty of an empty
     * side.
     */
    public static Optional<Quantity> volume(Ratio notional, List<DepthLevel> side) {
        return side.stream()
                .findFirst()
                .map(best -> notional.dividedBy(Ratio.of(best.price())))
                .map(size -> new Quantity(size.units(FixedPoint.ONE_E8, Rounding.DOWN)));
    }

    /**
     * The middle between the prices at which the leveraged notional leaves through the bids and the
     * asks (PRIC-051). Empty where a side holds less than that.
     *
     * @param bids the best first
     * @param asks the best first
     */
    public static Optional<Price> fromBook(
            LeverageNotional notional, List<DepthLevel> bids, List<DepthLevel> asks) {
        Optional<Price> bid = exit(notional.buy(), bids);
        Optional<Price> ask = exit(notional.sell(), asks);
        if (bid.isEmpty() || ask.isEmpty()) {
            return Optional.empty();
        }
        Ratio twice = Ratio.of(bid.get()).plus(Ratio.of(ask.get()));
        return Optional.of(twice.dividedBy(Ratio.of(2)).price(Rounding.HALF_EVEN));
    }

    private static Optional<Price> exit(Ratio notional, List<DepthLevel> side) {
        return volume(notional, side)
                .filter(size -> size.signum() > 0)
                .flatMap(size -> PriceAverages.depthAverage(side, size))
                .map(DepthAverage::averagePrice);
    }
}

package io.delever.engine.market;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Ratio;
import io.delever.engine.money.Rounding;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How the value of an instrument follows its price (MKTS-010). Sizes are counted in contracts.
 *
 * @param payoff linear in the price or inverse
 * @param multiplier of one contract, greater than 0: units of base where it is linear, face value
 *     in quote where it is inverse
 * @param expiryNanos when a dated future ends; empty for a perpetual
 */
public record Contract(Payoff payoff, Quantity multiplier, OptionalLong expiryNanos) {
    /** A linear perpetual of one unit of base. */
    public static final Contract LINEAR =
            new Contract(Payoff.LINEAR, Quantity.ONE, OptionalLong.empty());

    /** What follows the price. */
    public enum Payoff {
        /** Value in quote is contracts × multiplier × price. */
        LINEAR,
        /** Value in base is −contracts × multiplier ÷ price; profit is paid in base. */
        INVERSE
    }

    /** Refuses a multiplier that is not above 0 with an {@link IllegalArgumentException}. */
    public Contract {
        if (!multiplier.isLong()) {
            throw new IllegalArgumentException(
                    "the multiplier of a contract must be > 0, is " + multiplier);
        }
    }

    /**
     * Refuses an instrument that it does not fit: an inverse contract settles in its base, and lot
     * × multiplier is a whole number of 10⁻⁸, so that no whole lot is rounded.
     *
     * @throws IllegalArgumentException saying why
     */
    public void checkFits(Instrument instrument) {
        if (isInverse() && !instrument.settlement().equals(instrument.base())) {
            throw new IllegalArgumentException(
                    instrument.id()
                            + " is inverse and settles in its base "
                            + instrument.base()
                            + ", not in "
                            + instrument.settlement());
        }
        Ratio units = Ratio.of(instrument.lotSize()).times(Ratio.of(multiplier));
        Ratio greatest = Ratio.of(Long.MAX_VALUE, FixedPoint.ONE_E8);
        if (units.compareTo(greatest) > 0
                || units.units(FixedPoint.ONE_E8, Rounding.FLOOR)
                        != units.units(FixedPoint.ONE_E8, Rounding.CEILING)) {
            throw new IllegalArgumentException(
                    "lot "
                            + instrument.lotSize()
                            + " x multiplier "
                            + multiplier
                            + " of "
                            + instrument.id()
                            + " must be a whole number of 0.00000001 that fits");
        }
    }

    /** Whether profit is paid in base. */
    public boolean isInverse() {
        return payoff == Payoff.INVERSE;
    }

    /**
     * Contracts × multiplier with the sign of the size: units of base or face value in quote. Exact
     * for whole lots ({@link #checkFits}), half-even otherwise.
     */
    public Quantity units(Quantity size) {
        return multiplier.equals(Quantity.ONE)
                ? size
                : new Quantity(
                        FixedPoint.mulDiv(
                                size.e8(), multiplier.e8(), FixedPoint.ONE_E8, Rounding.HALF_EVEN));
    }

    /** The signed value in the settlement asset; a position's profit is this less its cost. */
    public Money value(Quantity size, Price price, Rounding rounding) {
        Quantity units = units(size);
        return switch (payoff) {
            case LINEAR -> price.times(units, rounding);
            case INVERSE ->
                    new Money(
                            FixedPoint.mulDiv(
                                    Math.negateExact(units.e8()),
                                    FixedPoint.ONE_E8,
                                    price.e8(),
                                    rounding));
        };
    }

    /** The value without its sign, rounded up: what margin is asked for. */
    public Money notional(Quantity size, Price price) {
        Quantity against =
                switch (payoff) {
                    case LINEAR -> size.abs();
                    case INVERSE -> size.abs().negate();
                };
        return value(against, price, Rounding.CEILING);
    }

    /**
     * The price at which one lot of this size had this value, half-even, for display; empty where
     * there is none above 0 or it does not fit.
     */
    public Optional<Price> priceOf(Quantity size, Money value) {
        Ratio units = Ratio.of(units(size));
        Ratio amount = Ratio.of(value);
        if (units.signum() == 0 || amount.signum() == 0) {
            return Optional.empty();
        }
        Ratio price =
                switch (payoff) {
                    case LINEAR -> amount.dividedBy(units);
                    case INVERSE -> units.negate().dividedBy(amount);
                };
        Ratio greatest = Ratio.of(Long.MAX_VALUE, FixedPoint.ONE_E8);
        if (price.signum() <= 0 || price.compareTo(greatest) >= 0) {
            return Optional.empty();
        }
        long e8 = price.units(FixedPoint.ONE_E8, Rounding.HALF_EVEN);
        return e8 > 0 ? Optional.of(new Price(e8)) : Optional.empty();
    }

    /** Whether units and value without sign are at most {@code limitE8}, exact and for any size. */
    public boolean isValueWithin(Quantity size, Price price, long limitE8) {
        if (size.e8() == Long.MIN_VALUE) {
            return false;
        }
        long contracts = Math.abs(size.e8());
        boolean unitsFit =
                FixedPoint.compareProducts(contracts, multiplier.e8(), limitE8, FixedPoint.ONE_E8)
                        <= 0;
        if (!unitsFit) {
            return false;
        }
        long units = units(size).abs().e8();
        return switch (payoff) {
            case LINEAR ->
                    FixedPoint.compareProducts(units, price.e8(), limitE8, FixedPoint.ONE_E8) <= 0;
            case INVERSE ->
                    FixedPoint.compareProducts(units, FixedPoint.ONE_E8, limitE8, price.e8()) <= 0;
        };
    }
}

package io.delever.simulation.conformance;

import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rate;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;

/**
 * Puts decimal numbers into the engine's types and back. The engine has 8 decimals; an example that
 * prints more is put in smaller units: {@code shift} 3 counts money in thousandths, {@code
 * sizeShift} 1 counts sizes in tenths, and every price, size and amount of the example with it, so
 * that no rule notices.
 *
 * @param shift prices are multiplied by 10^shift, amounts by 10^(shift + sizeShift)
 * @param sizeShift sizes are multiplied by 10^sizeShift
 */
record Scale(int shift, int sizeShift) {
    private static final int DECIMALS = 8;
    private static final int RATE_DECIMALS = 6;
    // A fifth and a tenth of what the engine admits, so that the prices it finds fit too.
    private static final BigDecimal GREATEST_BOOK_PRICE = new BigDecimal("2E8");
    private static final BigDecimal GREATEST_BOOK_AMOUNT = new BigDecimal("4E9");
    private static final int GREATEST_SHIFT = 9;
    private static final int GREATEST_SIZE_SHIFT = 4;
    private static final int SMALLEST_SHIFT = -8;

    /** The unit of the example itself. */
    static final Scale PLAIN = new Scale(0, 0);

    /**
     * Whole units of money are so many decimals below 1: 10^-6 for quote quantums of 6 decimals.
     */
    static Scale wholeUnits(int decimals) {
        return new Scale(decimals - DECIMALS, 0);
    }

    /** The finest unit in which the greatest of these amounts stays below 10^digits. */
    static Scale finest(Collection<BigDecimal> amounts, int digits) {
        int before =
                amounts.stream()
                        .filter(amount -> amount.signum() != 0)
                        .mapToInt(amount -> amount.precision() - amount.scale())
                        .max()
                        .orElse(0);
        return new Scale(Math.clamp(digits - before, SMALLEST_SHIFT, GREATEST_SHIFT), 0);
    }

    /**
     * The finest unit in which an account with these prices and amounts stays well within the
     * admitted range.
     */
    static Scale forBook(Collection<BigDecimal> prices, Collection<BigDecimal> amounts) {
        int forAmounts = greatestShift(amounts, GREATEST_BOOK_AMOUNT);
        int shift =
                Math.min(
                        Math.min(greatestShift(prices, GREATEST_BOOK_PRICE), GREATEST_SHIFT),
                        forAmounts);
        return new Scale(shift, Math.min(GREATEST_SIZE_SHIFT, forAmounts - shift));
    }

    /** The same for examples that ask for a size: sizes have 12 decimals. */
    static Scale forSizes(Collection<BigDecimal> prices, Collection<BigDecimal> amounts) {
        int forAmounts = greatestShift(amounts, GREATEST_BOOK_AMOUNT) - GREATEST_SIZE_SHIFT;
        int forPrices = Math.min(greatestShift(prices, GREATEST_BOOK_PRICE), GREATEST_SHIFT);
        return new Scale(Math.min(forPrices, forAmounts), GREATEST_SIZE_SHIFT);
    }

    private static int greatestShift(Collection<BigDecimal> values, BigDecimal limit) {
        int shift = GREATEST_SHIFT + GREATEST_SIZE_SHIFT;
        for (BigDecimal value : values) {
            while (shift > SMALLEST_SHIFT
                    && value.abs().scaleByPowerOfTen(shift).compareTo(limit) > 0) {
                shift--;
            }
        }
        return shift;
    }

    Money money(BigDecimal amount) {
        return new Money(raw(amount, shift + sizeShift));
    }

    Price price(BigDecimal price) {
        if (price.signum() <= 0) {
            throw new ShapeException("a price must be > 0, is " + price.toPlainString());
        }
        return new Price(raw(price, shift));
    }

    Quantity quantity(BigDecimal size) {
        return new Quantity(exact(size, DECIMALS + sizeShift, "a size"));
    }

    static Rate rate(BigDecimal rate) {
        return new Rate(exact(rate, RATE_DECIMALS, "a rate"));
    }

    BigDecimal of(Money money) {
        return back(money.e8(), shift + sizeShift);
    }

    BigDecimal of(Price price) {
        return back(price.e8(), shift);
    }

    BigDecimal of(Quantity size) {
        return back(size.e8(), sizeShift);
    }

    private static long raw(BigDecimal value, int shift) {
        try {
            return value.movePointRight(DECIMALS + shift)
                    .setScale(0, RoundingMode.HALF_EVEN)
                    .longValueExact();
        } catch (ArithmeticException e) {
            throw new ShapeException(
                    value.toPlainString() + " does not fit at 10^" + (DECIMALS + shift));
        }
    }

    private static long exact(BigDecimal value, int decimals, String what) {
        try {
            return value.movePointRight(decimals).longValueExact();
        } catch (ArithmeticException e) {
            throw new ShapeException(
                    what + " has at most " + decimals + " decimals: " + value.toPlainString());
        }
    }

    private static BigDecimal back(long raw, int shift) {
        BigDecimal value = BigDecimal.valueOf(raw).movePointLeft(DECIMALS + shift);
        return raw == 0 ? BigDecimal.ZERO : value;
    }
}

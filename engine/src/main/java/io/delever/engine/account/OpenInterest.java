package io.delever.engine.account;

import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rounding;
import java.util.Collection;

/**
 * What is held on each side of one instrument (ACCT-060).
 *
 * @param longs sum of the long sizes, &gt;= 0
 * @param shorts sum of the short sizes without their sign, &gt;= 0
 */
public record OpenInterest(Quantity longs, Quantity shorts) {
    /** Refuses negative sums. */
    public OpenInterest {
        if (longs.isShort() || shorts.isShort()) {
            throw new IllegalArgumentException(
                    "open interest must be >= 0, got " + longs + " long and " + shorts + " short");
        }
    }

    /**
     * Of signed sizes; those of 0 count for nothing. Overflow throws {@link ArithmeticException}.
     */
    public static OpenInterest of(Collection<Quantity> sizes) {
        Quantity longs = Quantity.ZERO;
        Quantity shorts = Quantity.ZERO;
        for (Quantity size : sizes) {
            if (size.isLong()) {
                longs = longs.plus(size);
            } else {
                shorts = shorts.plus(size.abs());
            }
        }
        return new OpenInterest(longs, shorts);
    }

    /** Value of the longs, half-even: it favours no one. */
    public Money longNotional(Price mark) {
        return mark.times(longs, Rounding.HALF_EVEN);
    }

    /** Value of the shorts, half-even. */
    public Money shortNotional(Price mark) {
        return mark.times(shorts, Rounding.HALF_EVEN);
    }

    /** The sum of both. */
    public Money totalNotional(Price mark) {
        return longNotional(mark).plus(shortNotional(mark));
    }
}

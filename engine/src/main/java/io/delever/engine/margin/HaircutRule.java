package io.delever.engine.margin;

import io.delever.engine.account.AdmittedRange;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;

/** What a balance counts for in a margin test (MARG-007). */
public final class HaircutRule {
    private HaircutRule() {}

    /**
     * The adjusted value of a balance worth {@code value}: a positive one times (1 − haircut), a
     * negative one divided by (1 − haircut); both rounded toward −infinity.
     *
     * @param haircut less than 100 %
     * @throws ArithmeticException where the result does not fit
     */
    public static Money adjusted(Money value, Rate haircut) {
        return new Money(adjustedE8(value.e8(), haircut));
    }

    static long adjustedE8(long value, Rate haircut) {
        if (haircut.ppm() == 0) {
            return value;
        }
        long counted = FixedPoint.ONE_PPM - haircut.ppm();
        return value >= 0
                ? FixedPoint.mulDiv(value, counted, FixedPoint.ONE_PPM, Rounding.FLOOR)
                : FixedPoint.mulDiv(value, FixedPoint.ONE_PPM, counted, Rounding.FLOOR);
    }

    static boolean isWithinRange(long value, Rate haircut) {
        long counted = FixedPoint.ONE_PPM - haircut.ppm();
        return AdmittedRange.isWithin(value, AdmittedRange.MAX_AMOUNT_E8)
                && FixedPoint.compareProducts(
                                Math.abs(value),
                                FixedPoint.ONE_PPM,
                                AdmittedRange.MAX_AMOUNT_E8,
                                counted)
                        <= 0;
    }
}

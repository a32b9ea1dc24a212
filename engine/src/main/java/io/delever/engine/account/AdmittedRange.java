package io.delever.engine.account;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Price;

/**
 * The ranges outside of which nothing is admitted, so that no sum or product behind admission can
 * overflow (ACCT-008). All are × 10⁸.
 */
public final class AdmittedRange {
    /** Greatest balance, cost, size, and gross value of one account: 40,000,000,000. */
    public static final long MAX_AMOUNT_E8 = 4_000_000_000_000_000_000L;

    /**
     * Greatest total of a house account of one shard, so that four of them still add up:
     * 20,000,000,000.
     */
    public static final long MAX_HOUSE_TOTAL_E8 = 2_000_000_000_000_000_000L;

    /**
     * Greatest value of one fill and, when it grows, of the position it leads to: 1,000,000,000.
     */
    public static final long MAX_TRADE_NOTIONAL_E8 = 100_000_000_000_000_000L;

    /** Greatest price: 1,000,000,000. */
    public static final long MAX_PRICE_E8 = 100_000_000_000_000_000L;

    private AdmittedRange() {}

    /** Whether {@code |amount| <= limit}, for {@code Long.MIN_VALUE} too. */
    public static boolean isWithin(long amountE8, long limitE8) {
        return amountE8 <= limitE8 && amountE8 >= -limitE8;
    }

    /**
     * Whether {@code change} is an admitted amount and {@code |before + change| <= limit}, without
     * overflow.
     */
    public static boolean isSumWithin(long beforeE8, long changeE8, long limitE8) {
        return isWithin(changeE8, MAX_AMOUNT_E8)
                && beforeE8 <= limitE8 - changeE8
                && beforeE8 >= -limitE8 - changeE8;
    }

    /** Whether {@code |size| × price <= limit}, exact. */
    public static boolean isValueWithin(long sizeE8, long priceE8, long limitE8) {
        return isWithin(sizeE8, MAX_AMOUNT_E8)
                && FixedPoint.compareProducts(Math.abs(sizeE8), priceE8, limitE8, FixedPoint.ONE_E8)
                        <= 0;
    }

    /** Whether the price is admitted. */
    public static boolean isAdmitted(Price price) {
        return price.e8() <= MAX_PRICE_E8;
    }

    static void require(boolean within, String what, long e8) {
        if (!within) {
            throw new IllegalArgumentException(
                    what
                            + " is "
                            + FixedPoint.formatE8(e8)
                            + ", the limit is "
                            + FixedPoint.formatE8(MAX_AMOUNT_E8));
        }
    }
}

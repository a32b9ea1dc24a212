package io.delever.engine.market;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Rate;
import io.delever.engine.money.Rounding;
import java.util.List;

/**
 * Margin requirements by notional, continuous at the borders of the tiers (MKTS-002, MKTS-003).
 *
 * <p>In tier k the requirement is {@code ⌈notional × rate_k⌉ − A_k} with {@code A_0 = 0} and {@code
 * A_k = A_(k−1) + floor_k × (rate_k − rate_(k−1))}, for initial and for maintenance margin alike.
 */
public final class TierTable {
    /** Greatest number of tiers. */
    public static final int MAX_TIERS = 64;

    private final List<RiskTier> tiers;
    private final long[] floors;
    private final long[] initialAmounts;
    private final long[] maintenanceAmounts;

    private TierTable(List<RiskTier> tiers) {
        this.tiers = tiers;
        floors = tiers.stream().mapToLong(tier -> tier.notionalFloor().e8()).toArray();
        initialAmounts = new long[floors.length];
        maintenanceAmounts = new long[floors.length];
        for (int k = 1; k < floors.length; k++) {
            RiskTier before = tiers.get(k - 1);
            RiskTier tier = tiers.get(k);
            Money floor = tier.notionalFloor();
            Money initial = new Money(initialAmounts[k - 1]);
            Money maintenance = new Money(maintenanceAmounts[k - 1]);
            initialAmounts[k] =
                    nextAmount(initial, floor, before.initialMargin(), tier.initialMargin()).e8();
            maintenanceAmounts[k] =
                    nextAmount(
                                    maintenance,
                                    floor,
                                    before.maintenanceMargin(),
                                    tier.maintenanceMargin())
                            .e8();
        }
    }

    /**
     * A checked table: the first floor is 0, floors ascend, rates do not fall, 0 &lt; maintenance ≤
     * initial ≤ 100 %, and every cumulative amount is a whole number of 10⁻⁸ (floors that are
     * multiples of 0.01 always are).
     *
     * @throws IllegalArgumentException naming the row, the value and the limit
     */
    public static TierTable of(List<RiskTier> tiers) {
        if (tiers.isEmpty() || tiers.size() > MAX_TIERS) {
            throw new IllegalArgumentException(
                    "a tier table has 1 to " + MAX_TIERS + " tiers, given " + tiers.size());
        }
        for (int k = 0; k < tiers.size(); k++) {
            checkRates(k, tiers.get(k));
            if (k == 0) {
                require(0, tiers.getFirst().notionalFloor().isZero(), "the first floor must be 0");
            } else {
                checkOrder(k, tiers.get(k - 1), tiers.get(k));
            }
        }
        return new TierTable(List.copyOf(tiers));
    }

    /** A table with one row. */
    public static TierTable flat(Rate initialMargin, Rate maintenanceMargin) {
        return of(List.of(new RiskTier(Money.ZERO, initialMargin, maintenanceMargin)));
    }

    /**
     * The cumulative amount of a tier from the one before it: {@code previous + floor × (rate −
     * previousRate)}.
     *
     * @throws IllegalArgumentException where that is not a whole number of 10⁻⁸
     */
    public static Money nextAmount(Money previous, Money floor, Rate previousRate, Rate rate) {
        long step = rate.ppm() - previousRate.ppm();
        long down = FixedPoint.mulDiv(floor.e8(), step, FixedPoint.ONE_PPM, Rounding.FLOOR);
        long up = FixedPoint.mulDiv(floor.e8(), step, FixedPoint.ONE_PPM, Rounding.CEILING);
        if (down != up) {
            throw new IllegalArgumentException(
                    "tier floor " + floor + " x " + step + " ppm is not a multiple of 0.00000001");
        }
        return previous.plus(new Money(down));
    }

    /** The rows, ascending by floor. */
    public List<RiskTier> tiers() {
        return tiers;
    }

    /** The row that holds at this notional (0 or more). */
    public RiskTier tierOf(Money notional) {
        return tiers.get(indexOf(notional.e8()));
    }

    /** Maintenance margin at this notional (0 or more), rounded up. */
    public Money maintenanceMargin(Money notional) {
        return new Money(maintenanceMarginE8(notional.e8()));
    }

    /** Initial margin at this notional (0 or more), rounded up. */
    public Money initialMargin(Money notional) {
        return new Money(initialMarginE8(notional.e8()));
    }

    /** Cumulative maintenance amount of the row that holds at this notional. */
    public Money cumulativeMaintenanceAmount(Money notional) {
        return new Money(maintenanceAmounts[indexOf(notional.e8())]);
    }

    /** Cumulative initial amount of the row that holds at this notional. */
    public Money cumulativeInitialAmount(Money notional) {
        return new Money(initialAmounts[indexOf(notional.e8())]);
    }

    /** {@link #maintenanceMargin} for inner loops: notional and result × 10⁸. */
    public long maintenanceMarginE8(long notionalE8) {
        int k = indexOf(notionalE8);
        return requirement(notionalE8, tiers.get(k).maintenanceMargin(), maintenanceAmounts[k]);
    }

    /** {@link #initialMargin} for inner loops: notional and result × 10⁸. */
    public long initialMarginE8(long notionalE8) {
        int k = indexOf(notionalE8);
        return requirement(notionalE8, tiers.get(k).initialMargin(), initialAmounts[k]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TierTable table && tiers.equals(table.tiers);
    }

    @Override
    public int hashCode() {
        return tiers.hashCode();
    }

    @Override
    public String toString() {
        return tiers.toString();
    }

    private static long requirement(long notionalE8, Rate rate, long amountE8) {
        long gross =
                FixedPoint.mulDiv(notionalE8, rate.ppm(), FixedPoint.ONE_PPM, Rounding.CEILING);
        return Math.subtractExact(gross, amountE8);
    }

    private int indexOf(long notionalE8) {
        if (notionalE8 < 0) {
            throw new IllegalArgumentException(
                    "a notional must be >= 0, is " + FixedPoint.formatE8(notionalE8));
        }
        int k = floors.length - 1;
        while (floors[k] > notionalE8) {
            k--;
        }
        return k;
    }

    private static void checkRates(int k, RiskTier tier) {
        long initial = tier.initialMargin().ppm();
        long maintenance = tier.maintenanceMargin().ppm();
        require(k, maintenance > 0, "maintenance margin must be > 0 ppm");
        require(
                k,
                maintenance <= initial,
                "maintenance margin " + maintenance + " ppm is above initial " + initial + " ppm");
        require(
                k,
                initial <= FixedPoint.ONE_PPM,
                "initial margin " + initial + " ppm is above 1000000 ppm");
    }

    private static void checkOrder(int k, RiskTier before, RiskTier tier) {
        require(
                k,
                tier.notionalFloor().compareTo(before.notionalFloor()) > 0,
                "floor "
                        + tier.notionalFloor()
                        + " must be above the one before, "
                        + before.notionalFloor());
        require(
                k,
                tier.initialMargin().compareTo(before.initialMargin()) >= 0
                        && tier.maintenanceMargin().compareTo(before.maintenanceMargin()) >= 0,
                "rates must not be below those of the tier before");
    }

    private static void require(int k, boolean holds, String why) {
        if (!holds) {
            throw new IllegalArgumentException("tier " + k + ": " + why);
        }
    }
}

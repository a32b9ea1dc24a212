package io.delever.engine.margin;

import io.delever.engine.account.Leverage;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Rounding;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An account's figures in the unit of account, all priced (MARG-006 to MARG-009).
 *
 * @param equity balances at full value + unrealized profit; decides bankruptcy
 * @param adjustedEquity the same after haircuts; decides every margin test
 * @param notional sum of |size| × mark
 * @param positions in instrument order
 */
public record MarginFigures(
        Money equity,
        Money adjustedEquity,
        Money initialMargin,
        Money maintenanceMargin,
        Money notional,
        Money unrealizedPnl,
        List<PositionMargin> positions) {
    /** Copies the list. */
    public MarginFigures {
        positions = List.copyOf(positions);
    }

    /** Adjusted equity − initial margin, not below 0. */
    public Money freeCollateral() {
        return adjustedEquity.minus(initialMargin).max(Money.ZERO);
    }

    /**
     * Adjusted equity ÷ maintenance margin in ppm, rounded down; for display and sorting. Empty
     * without maintenance margin, and where the ratio is too large to be shown.
     */
    public OptionalLong equityRatioPpm() {
        long margin = maintenanceMargin.e8();
        if (margin <= 0 || isTooLarge(adjustedEquity.e8(), margin)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                FixedPoint.mulDiv(adjustedEquity.e8(), FixedPoint.ONE_PPM, margin, Rounding.FLOOR));
    }

    /**
     * Notional ÷ equity, half-even; for display. Empty without positions or without positive
     * equity.
     */
    public Optional<Leverage> effectiveLeverage() {
        if (!equity.isPositive() || isTooLarge(notional.e8(), equity.e8())) {
            return Optional.empty();
        }
        long ppm =
                FixedPoint.mulDiv(
                        notional.e8(), FixedPoint.ONE_PPM, equity.e8(), Rounding.HALF_EVEN);
        return ppm > 0 ? Optional.of(new Leverage(ppm)) : Optional.empty();
    }

    private static boolean isTooLarge(long numerator, long denominator) {
        return FixedPoint.compareProducts(
                        Math.abs(numerator), FixedPoint.ONE_PPM, Long.MAX_VALUE - 1, denominator)
                > 0;
    }
}

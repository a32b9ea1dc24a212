package io.delever.engine.account;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rounding;
import java.util.Optional;

/**
 * What one fill does to a position and to the balance in the settlement asset.
 *
 * <p>Always {@code realizedPnl − costDelta = −notional(sizeDelta, price)}, exactly (ACCT-001):
 * money and size only move between the account and the clearing house.
 *
 * @param sizeDelta the signed size of the fill
 * @param costDelta what the cost of the position changes by
 * @param realizedPnl what the balance changes by
 */
public record PositionChange(Quantity sizeDelta, Money costDelta, Money realizedPnl) {
    /**
     * The signed money value of a fill: |size| × price half-even, with the sign of the size, so
     * that both sides of a trade book the very same number (ACCT-002).
     */
    public static Money notional(Quantity size, Price price) {
        Money magnitude = price.times(size.abs(), Rounding.HALF_EVEN);
        return size.isShort() ? magnitude.negate() : magnitude;
    }

    /**
     * A fill of {@code size} (not 0) at {@code price} on the position held in the instrument, if
     * any: opens, grows, reduces, closes, or flips it (ACCT-003 to ACCT-006).
     *
     * @throws ArithmeticException where a result does not fit; the ledger's admitted ranges exclude
     *     it
     */
    public static PositionChange of(Optional<Position> held, Quantity size, Price price) {
        Money paid = notional(size, price);
        if (held.isEmpty() || held.get().size().signum() == size.signum()) {
            return new PositionChange(size, paid, Money.ZERO);
        }
        Position position = held.get();
        int remains = size.abs().compareTo(position.size().abs());
        Money costAfter;
        if (remains < 0) {
            costAfter = position.cost().minus(releasedCost(position, size.abs()));
        } else if (remains == 0) {
            costAfter = Money.ZERO;
        } else {
            // A flip closes all at the fill's price and opens the rest at the same price.
            costAfter = notional(position.size().plus(size), price);
        }
        Money costDelta = costAfter.minus(position.cost());
        return new PositionChange(size, costDelta, costDelta.minus(paid));
    }

    /** The position after the change; empty where it is closed. */
    public Optional<Position> applyTo(InstrumentId instrument, Optional<Position> held) {
        Quantity size = held.map(Position::size).orElse(Quantity.ZERO).plus(sizeDelta);
        Money cost = held.map(Position::cost).orElse(Money.ZERO).plus(costDelta);
        return size.isZero() ? Optional.empty() : Optional.of(new Position(instrument, size, cost));
    }

    /**
     * The share of the cost that a reduction releases, rounded up: realized profit is what the fill
     * brings less this, so the account never realizes a fraction of a unit too much.
     */
    private static Money releasedCost(Position position, Quantity closed) {
        return new Money(
                FixedPoint.mulDiv(
                        position.cost().e8(),
                        closed.e8(),
                        position.size().abs().e8(),
                        Rounding.CEILING));
    }
}

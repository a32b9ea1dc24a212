package io.delever.engine.liquidation;

import io.delever.engine.account.Position;
import io.delever.engine.margin.BankruptcyPrice;
import io.delever.engine.margin.MarginFigures;
import io.delever.engine.margin.PositionMargin;
import io.delever.engine.margin.RiskState;
import io.delever.engine.market.Instrument;
import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Money;
import io.delever.engine.money.Price;
import io.delever.engine.money.Quantity;
import io.delever.engine.money.Rounding;
import java.util.Comparator;
import java.util.Optional;

/**
 * The position that is reduced next, with everything a plan needs to know of it.
 *
 * @param bankruptcyPrice as the margin calculator gives it, not yet on the tick
 */
record Candidate(
        AccountObservation observation,
        MarginFigures figures,
        PositionMargin held,
        Instrument instrument,
        Optional<Price> bankruptcyPrice) {

    /**
     * Hedges last, the greatest maintenance margin first, ties by instrument id; none where every
     * position is below one lot (LIQD-010, LIQD-014).
     */
    static Optional<Candidate> of(AccountObservation observation) {
        return observation
                .margin()
                .figures()
                .flatMap(
                        figures ->
                                figures.positions().stream()
                                        .filter(held -> isClosable(observation, held))
                                        .min(orderOfReduction(netNotional(figures)))
                                        .map(held -> of(observation, figures, held)));
    }

    private static Comparator<PositionMargin> orderOfReduction(Money net) {
        return Comparator.comparing((PositionMargin held) -> isHedge(held, net))
                .thenComparing(PositionMargin::maintenanceMargin, Comparator.reverseOrder())
                .thenComparing(held -> held.position().instrument());
    }

    /**
     * Whether it offsets the account's other positions: closing it would raise the net exposure.
     */
    private static boolean isHedge(PositionMargin held, Money net) {
        return held.position().size().signum() * net.signum() < 0;
    }

    /** Sum of the notionals at mark, longs + and shorts −. */
    private static Money netNotional(MarginFigures figures) {
        Money net = Money.ZERO;
        for (PositionMargin held : figures.positions()) {
            net =
                    held.position().size().isLong()
                            ? net.plus(held.notional())
                            : net.minus(held.notional());
        }
        return net;
    }

    private static Candidate of(
            AccountObservation observation, MarginFigures figures, PositionMargin held) {
        Position position = held.position();
        return new Candidate(
                observation,
                figures,
                held,
                instrumentOf(observation, position),
                BankruptcyPrice.of(observation.margin(), position.instrument()));
    }

    private static boolean isClosable(AccountObservation observation, PositionMargin held) {
        Quantity lot = instrumentOf(observation, held.position()).lotSize();
        return held.position().size().abs().compareTo(lot) >= 0;
    }

    private static Instrument instrumentOf(AccountObservation observation, Position position) {
        return observation
                .market()
                .instrument(position.instrument())
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "instrument " + position.instrument() + " is not listed"));
    }

    /** Whether it is closed by selling. */
    boolean selling() {
        return held.position().size().isLong();
    }

    /** Whether the account's equity is below 0. */
    boolean isBankrupt() {
        return observation.margin().state() == RiskState.BANKRUPT;
    }

    /** |size| of the position. */
    Quantity size() {
        return held.position().size().abs();
    }

    /** Whole lots of the position. */
    long lots() {
        return lotsOf(size());
    }

    /** Whole lots in a size ≥ 0, rounded down. */
    long lotsOf(Quantity size) {
        return FixedPoint.mulDiv(size.e8(), 1, instrument.lotSize().e8(), Rounding.FLOOR);
    }

    /** The size of so many lots. */
    Quantity sizeOf(long lots) {
        return new Quantity(Math.multiplyExact(lots, instrument.lotSize().e8()));
    }

    /** The size as a trade of the account: − sells, + buys. */
    Quantity trade(Quantity size) {
        return selling() ? size.negate() : size;
    }

    /** Whether {@code limit} is worse for the account than {@code bound}. */
    boolean isWorse(Price limit, Price bound) {
        return selling() ? limit.compareTo(bound) < 0 : limit.compareTo(bound) > 0;
    }

    /**
     * The bankruptcy price on the tick, rounded in the fund's favour: up for a sell, down for a
     * buy.
     */
    Optional<Price> bankruptcyOnTick() {
        return bankruptcyPrice.flatMap(
                price -> onTick(price.e8(), selling() ? Rounding.CEILING : Rounding.FLOOR));
    }

    /** The farthest limit the collar allows, rounded to the tick toward mark (LIQD-021). */
    Optional<Price> collarLimit(long collarPpm) {
        long share = selling() ? FixedPoint.ONE_PPM - collarPpm : FixedPoint.ONE_PPM + collarPpm;
        Rounding towardMark = selling() ? Rounding.CEILING : Rounding.FLOOR;
        long farthest = FixedPoint.mulDiv(held.mark().e8(), share, FixedPoint.ONE_PPM, towardMark);
        return onTick(farthest, towardMark);
    }

    /**
     * The farthest limit within collar and bankruptcy price; none where there is none (LIQD-020).
     */
    Optional<Price> safeLimit(Price collarLimit) {
        if (bankruptcyPrice.isEmpty()) {
            return figures.equity().isNegative() ? Optional.empty() : Optional.of(collarLimit);
        }
        return bankruptcyOnTick()
                .map(bankruptcy -> isWorse(collarLimit, bankruptcy) ? bankruptcy : collarLimit);
    }

    /** The price at which ADL closes (LIQD-051). */
    Optional<Price> adlPrice() {
        Optional<Price> onTick = bankruptcyOnTick();
        if (onTick.isPresent() || selling() || !figures.equity().isNegative()) {
            return onTick;
        }
        return Optional.of(instrument.tickSize());
    }

    /**
     * What the account may owe beyond its share of equity when {@code size} is closed at {@code
     * limit}, rounded up, ≥ 0 (LIQD-023).
     */
    Money worstDeficit(Quantity size, Price limit) {
        if (bankruptcyPrice.isPresent()) {
            return distance(bankruptcyPrice.get(), limit, size).max(Money.ZERO);
        }
        if (!figures.equity().isNegative()) {
            return Money.ZERO;
        }
        Money share =
                new Money(
                        FixedPoint.mulDiv(
                                figures.equity().e8(),
                                held.maintenanceMargin().e8(),
                                figures.maintenanceMargin().e8(),
                                Rounding.FLOOR));
        Money shareOfSize =
                new Money(
                        FixedPoint.mulDiv(
                                share.negate().e8(), size.e8(), size().e8(), Rounding.CEILING));
        return distance(held.mark(), limit, size).plus(shareOfSize).max(Money.ZERO);
    }

    /**
     * What closing {@code size} at {@code limit} instead of {@code from} costs the account, rounded
     * up; < 0 where it gains.
     */
    private Money distance(Price from, Price limit, Quantity size) {
        long difference =
                selling()
                        ? Math.subtractExact(from.e8(), limit.e8())
                        : Math.subtractExact(limit.e8(), from.e8());
        return new Money(
                FixedPoint.mulDiv(difference, size.e8(), FixedPoint.ONE_E8, Rounding.CEILING));
    }

    private Optional<Price> onTick(long priceE8, Rounding rounding) {
        long tick = instrument.tickSize().e8();
        long ticks = FixedPoint.mulDiv(priceE8, 1, tick, rounding);
        return ticks > 0
                ? Optional.of(new Price(Math.multiplyExact(ticks, tick)))
                : Optional.empty();
    }
}

package io.delever.engine.margin;

import io.delever.engine.money.Ratio;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Margin of isolated positions as a factor of their entry notional (MARG-080 to MARG-084; RULES
 * §4). Sizes are signed, prices and amounts in whole units; everything is exact, and whoever books
 * an amount rounds it.
 */
public final class IsolatedMargin {
    private IsolatedMargin() {}

    /**
     * A trade or a resting order.
     *
     * @param size at least 0
     * @param price its price, at least 0
     */
    public record Lot(Ratio size, Ratio price) {
        /** Refuses negative sizes and prices. */
        public Lot {
            if (size.signum() < 0 || price.signum() < 0) {
                throw new IllegalArgumentException(
                        "size %s and price %s must be at least 0".formatted(size, price));
            }
        }

        Ratio notional() {
            return size.times(price);
        }

        Lot less(Ratio covered) {
            return new Lot(size.minus(covered), price);
        }
    }

    /** price × |size| × factor (MARG-080). */
    public static Ratio required(Ratio price, Ratio size, Ratio factor) {
        return price.times(size.abs()).times(factor);
    }

    /**
     * What resting orders need: the greater of what the buys and what the sells need (MARG-081).
     *
     * @param position signed
     * @param floorPrice an order counts at least at this price; 0 outside of auctions
     */
    public static Ratio forOrders(
            Ratio position, List<Lot> buys, List<Lot> sells, Ratio factor, Ratio floorPrice) {
        Ratio forBuys = forSide(position.negate(), sorted(buys, true), floorPrice);
        Ratio forSells = forSide(position, sorted(sells, false), floorPrice);
        return forBuys.max(forSells).times(factor);
    }

    /** Orders that reduce are free, beginning with those that trade first. */
    private static Ratio forSide(Ratio covered, List<Lot> orders, Ratio floorPrice) {
        Ratio left = covered.max(Ratio.ZERO);
        Ratio notional = Ratio.ZERO;
        for (Lot order : orders) {
            Ratio free = left.min(order.size());
            left = left.minus(free);
            notional = notional.plus(order.size().minus(free).times(order.price().max(floorPrice)));
        }
        return notional;
    }

    private static List<Lot> sorted(List<Lot> orders, boolean highestFirst) {
        List<Lot> sorted = new ArrayList<>(orders);
        Comparator<Lot> byPrice = Comparator.comparing(Lot::price);
        sorted.sort(highestFirst ? byPrice.reversed() : byPrice);
        return sorted;
    }

    /**
     * A position before and after trades against it.
     *
     * @param before signed, not 0
     * @param after signed; smaller than before, 0, or of the other side
     * @param trades in the order in which they happened
     * @param averagePrice mean price of the trades, as the venue rounds it
     */
    public record Reduction(Ratio before, Ratio after, List<Lot> trades, Ratio averagePrice) {
        /** Refuses what is no reduction, and trades that do not add up to it. */
        public Reduction {
            trades = List.copyOf(trades);
            boolean grows =
                    before.signum() == after.signum() && after.abs().compareTo(before.abs()) >= 0;
            if (before.signum() == 0 || grows) {
                throw new IllegalArgumentException(
                        "a position of %s to %s is not reduced".formatted(before, after));
            }
            Ratio traded = trades.stream().map(Lot::size).reduce(Ratio.ZERO, Ratio::plus);
            if (!traded.equals(after.minus(before).abs())) {
                throw new IllegalArgumentException(
                        "trades of %s do not lead from %s to %s".formatted(traded, before, after));
            }
        }

        boolean isFlip() {
            return before.signum() * after.signum() < 0;
        }

        /** The trades that opened the new side: the last of them. */
        List<Lot> opening() {
            Ratio closing = before.abs();
            List<Lot> opening = new ArrayList<>();
            for (Lot trade : trades) {
                Ratio closes = closing.min(trade.size());
                closing = closing.minus(closes);
                opening.add(trade.less(closes));
            }
            return opening;
        }
    }

    /**
     * What the margin account gives back (MARG-082): of a smaller position the closed share of the
     * balance settled at the trades' mean price, of a closed one all of it.
     *
     * @param balance of the position's margin account, settled at {@code mark}
     */
    public static Ratio released(Reduction reduction, Ratio balance, Ratio mark) {
        Ratio settled =
                balance.plus(reduction.averagePrice().minus(mark).times(reduction.before()));
        Ratio closed = reduction.before().minus(reduction.after()).dividedBy(reduction.before());
        return settled.times(closed.min(Ratio.ONE)).max(Ratio.ZERO);
    }

    /**
     * What a new side requires at the trades which opened it (MARG-083): after a change of side the
     * balance less this is given back, or topped up where it is negative.
     */
    public static Ratio requiredByFlip(Reduction reduction, Ratio factor) {
        if (!reduction.isFlip()) {
            throw new IllegalArgumentException(
                    "a position of %s to %s keeps its side"
                            .formatted(reduction.before(), reduction.after()));
        }
        return reduction.opening().stream()
                .map(Lot::notional)
                .reduce(Ratio.ZERO, Ratio::plus)
                .times(factor);
    }

    /**
     * What a position that becomes isolated must get from the account: what it requires less what
     * it has, never negative (MARG-084).
     */
    public static Ratio topUp(Ratio required, Ratio balance) {
        return required.minus(balance).max(Ratio.ZERO);
    }
}

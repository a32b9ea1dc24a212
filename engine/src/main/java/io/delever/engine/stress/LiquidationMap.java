package io.delever.engine.stress;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where the positions of one instrument are closed by force, and what a push does to them (STRS-030
 * to STRS-036). Longs are sold below the price, shorts are bought above it.
 *
 * <p>A push below the price closes the longs whose level it reaches, in the order of their levels;
 * each close moves the price further by the impact of all that was sold, until no level is reached
 * any more. As each close only lowers the price, this ends at the least fixed point of forced sales
 * and price. One pass over the levels reached.
 */
public final class LiquidationMap {
    private final double price;
    private final Impact impact;
    private final List<Level> longs;
    private final List<Level> shorts;

    /**
     * @param price now, above 0
     * @param longs closed when the price is at or below their level
     * @param shorts closed when the price is at or above their level
     */
    public LiquidationMap(double price, Impact impact, List<Level> longs, List<Level> shorts) {
        Numbers.requirePositive("price", price);
        this.price = price;
        this.impact = impact;
        List<Level> falling = new ArrayList<>(longs);
        falling.sort(Comparator.comparingDouble(Level::price).reversed());
        List<Level> rising = new ArrayList<>(shorts);
        rising.sort(Comparator.comparingDouble(Level::price));
        this.longs = List.copyOf(falling);
        this.shorts = List.copyOf(rising);
    }

    /**
     * Where a push ends.
     *
     * @param pushed the price to which something from outside moves the market, above 0; below the
     *     present price it closes longs, above it shorts
     */
    public Reaction push(double pushed) {
        Numbers.requirePositive("pushed price", pushed);
        boolean down = pushed <= price;
        List<Level> levels = down ? longs : shorts;
        double sign = down ? 1 : -1;
        double size = 0;
        double atOnce = 0;
        double deficit = 0;
        double at = pushed;
        int closed = 0;
        while (closed < levels.size() && reached(levels.get(closed), at, down)) {
            Level level = levels.get(closed);
            double after = size + level.size();
            double paid = Math.max(0, pushed - sign * impact.meanFall(size, after));
            deficit += Math.max(0, sign * (level.bankruptcyPrice() - paid) * level.size());
            if (reached(level, pushed, down)) {
                atOnce += level.size();
            }
            size = after;
            at = Math.max(0, pushed - sign * impact.fall(size));
            closed++;
        }
        return new Reaction(price, pushed, at, new Forced(closed, size, atOnce, deficit));
    }

    private static boolean reached(Level level, double at, boolean down) {
        return down ? level.price() >= at : level.price() <= at;
    }

    /**
     * How far one unit of movement moves the price again near {@code at} (STRS-033): the impact of
     * what is closed within {@code window} beyond it, divided by the window. Above 1 the market
     * feeds itself.
     *
     * @param window units of price, above 0; signed: + looks down, − looks up
     */
    public double gain(double at, double window) {
        Numbers.requirePositive("window", Math.abs(window));
        boolean down = window > 0;
        double already = 0;
        double next = 0;
        for (Level level : down ? longs : shorts) {
            if (!reached(level, at - window, down)) {
                break;
            }
            if (reached(level, at, down)) {
                already += level.size();
            } else {
                next += level.size();
            }
        }
        return (impact.move(already + next) - impact.move(already)) / Math.abs(window);
    }

    /** What is closed by force between the present price and {@code to}: fuel (STRS-035). */
    public double fuel(double to) {
        Numbers.requirePositive("price", to);
        boolean down = to <= price;
        double size = 0;
        for (Level level : down ? longs : shorts) {
            if (!reached(level, to, down)) {
                break;
            }
            size += level.size();
        }
        return size;
    }

    /**
     * The nearest push whose amplification is above a limit (STRS-036), looked for in equal steps;
     * empty where none is found.
     *
     * @param toShare of the present price, up to which pushes are tried: 0.3 looks 30 % down, −0.3
     *     up
     */
    public Optional<Reaction> amplifiedBeyond(double limit, double toShare, int steps) {
        Numbers.requirePositive("steps", steps);
        if (!(Math.abs(toShare) > 0) || !(toShare < 1)) {
            throw new IllegalArgumentException("share: " + toShare + ", must be below 1, not 0");
        }
        for (int step = 1; step <= steps; step++) {
            Reaction reaction = push(price * (1 - toShare * step / steps));
            if (reaction.amplification() > limit) {
                return Optional.of(reaction);
            }
        }
        return Optional.empty();
    }

    /**
     * Positions that are closed at one price.
     *
     * @param price at which they are closed, above 0
     * @param size in units of the base, above 0
     * @param bankruptcyPrice at which nothing is left of them, at least 0
     */
    public record Level(double price, double size, double bankruptcyPrice) {
        /** Refuses what is not a number or out of range. */
        public Level {
            Numbers.requirePositive("level", price);
            Numbers.requirePositive("size", size);
            Numbers.requireNotNegative("bankruptcy price", bankruptcyPrice);
        }
    }

    /**
     * What was closed by force.
     *
     * @param levels reached
     * @param size all of it, in units of the base
     * @param sizeAtOnce what the push alone reaches
     * @param deficit what the closed positions lose beyond their bankruptcy prices, at least 0
     */
    public record Forced(int levels, double size, double sizeAtOnce, double deficit) {}

    /**
     * What a push does.
     *
     * @param start the price before it
     * @param pushed the price of the push alone
     * @param end the price at which it ends; 0 where nothing was left to buy
     */
    public record Reaction(double start, double pushed, double end, Forced forced) {
        /** All movement ÷ the push; 1 where nothing follows, infinite where it needed no push. */
        public double amplification() {
            return end == pushed ? 1 : (start - end) / Math.abs(start - pushed) * direction();
        }

        private double direction() {
            return pushed <= start ? 1 : -1;
        }
    }
}

package io.delever.engine.stress;

import io.delever.engine.stress.LiquidationMap.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the positions of live accounts would be closed by force, from the figures of their margin
 * (STRS-060 to STRS-062). A level lets one price move and keeps all others; it is a statistic and
 * decides about nobody.
 */
public final class LiveLevels {
    private final Map<String, Side> sides;

    private LiveLevels(Map<String, Side> sides) {
        this.sides = sides;
    }

    /** Takes the figures of all accounts. */
    public static LiveLevels of(List<Figures> accounts) {
        Map<String, Side> sides = new TreeMap<>();
        for (Figures account : accounts) {
            for (Held held : account.positions()) {
                Side side = sides.computeIfAbsent(held.instrument(), id -> new Side());
                side.price = held.mark();
                if (held.size() > 0) {
                    side.openNotional += held.size() * held.mark();
                }
                level(account, held)
                        .ifPresent(held.size() > 0 ? side.longs::add : side.shorts::add);
            }
        }
        return new LiveLevels(sides);
    }

    /** Instruments in which somebody holds something, by id. */
    public List<String> instruments() {
        return List.copyOf(sides.keySet());
    }

    /**
     * What stands in one instrument; empty where nobody holds anything in it.
     *
     * @param depthShare of the open size, above 0: what moves the price by one percent (assumed)
     */
    public Optional<Market> market(String instrument, double depthShare) {
        Numbers.requirePositive("depth share", depthShare);
        Side side = sides.get(instrument);
        if (side == null || !(side.openNotional > 0)) {
            return Optional.empty();
        }
        double depth = depthShare * side.openNotional / side.price;
        Impact impact = new Impact.Linear(0.01 * side.price / depth);
        LiquidationMap map = new LiquidationMap(side.price, impact, side.longs, side.shorts);
        return Optional.of(new Market(instrument, side.price, side.openNotional, depth, map));
    }

    /**
     * Adjusted equity + size × (P − mark) = maintenance of the others + |size| × P × own rate;
     * empty where no positive price below (a long) or above (a short) the mark solves it.
     */
    static Optional<Level> level(Figures account, Held held) {
        double size = held.size();
        double rate = held.maintenance() / (Math.abs(size) * held.mark());
        double others = account.maintenance() - held.maintenance();
        double spare = account.adjustedEquity() - others;
        double at = (size * held.mark() - spare) / (size - Math.abs(size) * rate);
        boolean beyond = size > 0 ? at < held.mark() : at > held.mark();
        if (!beyond || !(at > 0) || !Double.isFinite(at)) {
            return Optional.empty();
        }
        double bankrupt = Math.max(0, held.mark() - account.equity() / size);
        return Optional.of(new Level(at, Math.abs(size), bankrupt));
    }

    /** One instrument while it is gathered. */
    private static final class Side {
        private final List<Level> longs = new ArrayList<>();
        private final List<Level> shorts = new ArrayList<>();
        private double price;
        private double openNotional;
    }

    /**
     * One instrument.
     *
     * @param openNotional of all longs at the price
     * @param depth size that moves the price by one percent
     */
    public record Market(
            String instrument,
            double price,
            double openNotional,
            double depth,
            LiquidationMap map) {}

    /**
     * Figures of one account.
     *
     * @param maintenance of all positions, at least 0
     */
    public record Figures(
            double equity, double adjustedEquity, double maintenance, List<Held> positions) {
        /** Copies the list; refuses what is not a number. */
        public Figures {
            positions = List.copyOf(positions);
            Numbers.requireFinite("equity", equity);
            Numbers.requireFinite("adjusted equity", adjustedEquity);
            Numbers.requireNotNegative("maintenance", maintenance);
        }
    }

    /**
     * One position.
     *
     * @param size signed, not 0
     * @param mark above 0
     * @param maintenance of this position alone, at least 0
     */
    public record Held(String instrument, double size, double mark, double maintenance) {
        /** Refuses what is not a number or out of range. */
        public Held {
            Numbers.requirePositive("size of " + instrument, Math.abs(size));
            Numbers.requirePositive("mark of " + instrument, mark);
            Numbers.requireNotNegative("maintenance of " + instrument, maintenance);
        }
    }
}

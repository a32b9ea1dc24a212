package io.delever.engine.stress;

import java.util.List;

/**
 * Impact from what a book showed (STRS-012): least squares through the origin of the distance from
 * the mid on the depth that stands up to there.
 */
public final class DepthCalibration {
    private DepthCalibration() {}

    /** α = Σ distance × size ÷ Σ size². */
    public static Impact.Linear linear(List<Depth> book) {
        requireSome(book);
        double products = 0;
        double squares = 0;
        for (Depth depth : book) {
            products += depth.distance() * depth.size();
            squares += depth.size() * depth.size();
        }
        return new Impact.Linear(products / squares);
    }

    /** c = Σ distance × √size ÷ Σ size. */
    public static Impact.SquareRoot squareRoot(List<Depth> book) {
        requireSome(book);
        double products = 0;
        double sizes = 0;
        for (Depth depth : book) {
            products += depth.distance() * StrictMath.sqrt(depth.size());
            sizes += depth.size();
        }
        return new Impact.SquareRoot(products / sizes);
    }

    private static void requireSome(List<Depth> book) {
        if (book.isEmpty()) {
            throw new IllegalArgumentException("depth: none, at least one is needed");
        }
    }

    /**
     * What a book holds from the mid up to a distance.
     *
     * @param distance units of price, at least 0
     * @param size above 0
     */
    public record Depth(double distance, double size) {
        /** Refuses what is not a number or out of range. */
        public Depth {
            Numbers.requireNotNegative("distance", distance);
            Numbers.requirePositive("size", size);
        }
    }
}

package io.delever.engine.stress;

/**
 * How far forced flow moves a price (STRS-010, STRS-011). Flow is signed: + was sold, − was bought;
 * selling lowers the price, buying raises it by as much.
 */
public sealed interface Impact {
    /**
     * How far a flow of this size moves the price.
     *
     * @param size at least 0
     * @return units of price, at least 0, rising in size
     */
    double move(double size);

    /** ∫ of {@link #move} from 0 to {@code size}: what the flow loses to its own impact. */
    double cost(double size);

    /** The signed fall of the price after a signed flow. */
    default double fall(double flow) {
        return StrictMath.signum(flow) * move(Math.abs(flow));
    }

    /**
     * The mean signed fall that flow meets between {@code from} and {@code to}; the fall itself
     * where nothing flows.
     */
    default double meanFall(double from, double to) {
        double flow = to - from;
        if (flow == 0) {
            return fall(to);
        }
        return (cost(Math.abs(to)) - cost(Math.abs(from))) / flow;
    }

    /**
     * In proportion to size (RULES §11).
     *
     * @param alpha units of price for one unit of size, at least 0
     */
    record Linear(double alpha) implements Impact {
        /** Refuses what is not a number or is negative. */
        public Linear {
            Numbers.requireNotNegative("alpha", alpha);
        }

        @Override
        public double move(double size) {
            return alpha * size;
        }

        @Override
        public double cost(double size) {
            return alpha * size * size / 2;
        }
    }

    /**
     * In proportion to the square root of size.
     *
     * @param coefficient units of price for the square root of one unit of size, at least 0
     */
    record SquareRoot(double coefficient) implements Impact {
        /** Refuses what is not a number or is negative. */
        public SquareRoot {
            Numbers.requireNotNegative("coefficient", coefficient);
        }

        @Override
        public double move(double size) {
            return coefficient * StrictMath.sqrt(size);
        }

        @Override
        public double cost(double size) {
            return coefficient * size * StrictMath.sqrt(size) * 2 / 3;
        }
    }
}

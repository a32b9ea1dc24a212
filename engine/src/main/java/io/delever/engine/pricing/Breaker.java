package io.delever.engine.pricing;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Price;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/** Holds a price that moved too far within a window that moves in 60 steps (GARD-010, GARD-011). */
final class Breaker {
    private static final int STEPS = 60;

    private final BreakerDefinition definition;
    private final long stepNanos;
    private final long[] steps = new long[STEPS];
    private final long[] lowestE8 = new long[STEPS];
    private final long[] highestE8 = new long[STEPS];
    private boolean holding;
    private long resumesAtNanos;

    Breaker(BreakerDefinition definition) {
        this.definition = definition;
        this.stepNanos = Math.max(1, definition.windowNanos() / STEPS);
    }

    /** Whether nothing is decided on the price now. */
    boolean isHolding(long nowNanos) {
        return holding && nowNanos < resumesAtNanos;
    }

    /** When the hold ends, where there is one. */
    OptionalLong resumesAtNanos(long nowNanos) {
        return isHolding(nowNanos) ? OptionalLong.of(resumesAtNanos) : OptionalLong.empty();
    }

    /**
     * Looks at a usable price.
     *
     * @return the price from which it moved too far, where this one trips it
     */
    Optional<Price> look(Price price, long nowNanos) {
        if (isHolding(nowNanos)) {
            return Optional.empty();
        }
        holding = false;
        Optional<Price> from = farthest(price, nowNanos);
        if (from.isPresent()) {
            holding = true;
            resumesAtNanos = Math.addExact(nowNanos, definition.coolDownNanos());
            // What comes after the hold is measured from there.
            Arrays.fill(lowestE8, 0);
            return from;
        }
        remember(price.e8(), Math.floorDiv(nowNanos, stepNanos));
        return Optional.empty();
    }

    private void remember(long e8, long step) {
        int place = Math.floorMod(step, STEPS);
        boolean same = steps[place] == step && lowestE8[place] > 0;
        steps[place] = step;
        lowestE8[place] = same ? Math.min(lowestE8[place], e8) : e8;
        highestE8[place] = same ? Math.max(highestE8[place], e8) : e8;
    }

    private Optional<Price> farthest(Price price, long nowNanos) {
        long oldest = Math.floorDiv(nowNanos, stepNanos) - STEPS + 1;
        long lowest = Long.MAX_VALUE;
        long highest = 0;
        for (int i = 0; i < STEPS; i++) {
            if (steps[i] >= oldest && lowestE8[i] > 0) {
                lowest = Math.min(lowest, lowestE8[i]);
                highest = Math.max(highest, highestE8[i]);
            }
        }
        if (highest > 0 && isBeyond(highest, price.e8())) {
            return Optional.of(new Price(highest));
        }
        return highest > 0 && isBeyond(lowest, price.e8())
                ? Optional.of(new Price(lowest))
                : Optional.empty();
    }

    /** Whether |price − from| > move × from, exactly; at the limit it holds nothing. */
    private boolean isBeyond(long fromE8, long priceE8) {
        return FixedPoint.compareProducts(
                        Math.abs(Math.subtractExact(priceE8, fromE8)),
                        FixedPoint.ONE_PPM,
                        definition.move().ppm(),
                        fromE8)
                > 0;
    }
}

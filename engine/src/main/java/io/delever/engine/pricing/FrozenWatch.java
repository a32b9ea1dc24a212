package io.delever.engine.pricing;

import io.delever.engine.money.FixedPoint;
import io.delever.engine.money.Price;
import java.util.Optional;

/**
 * Watches whether one source stands still while the others move (PRIC-076). What the others were
 * when its price last changed is compared with what they are.
 */
final class FrozenWatch {
    private long unchangedSinceNanos = Long.MIN_VALUE;
    private Optional<Price> reference = Optional.empty();
    private boolean moved;

    /**
     * Looks at one instant.
     *
     * @param sinceNanos when the price of the source last changed
     * @param others median of the other sources; absent where fewer than two of them are usable
     */
    void look(long sinceNanos, Optional<Price> others, FrozenLimit limit) {
        if (sinceNanos != unchangedSinceNanos) {
            unchangedSinceNanos = sinceNanos;
            reference = Optional.empty();
            moved = false;
        }
        if (reference.isEmpty()) {
            reference = others;
        } else if (others.isPresent() && isBeyond(reference.get(), others.get(), limit)) {
            moved = true;
        }
    }

    private static boolean isBeyond(Price from, Price to, FrozenLimit limit) {
        long distance = Math.abs(Math.subtractExact(to.e8(), from.e8()));
        return FixedPoint.compareProducts(
                        distance, FixedPoint.ONE_PPM, limit.move().ppm(), from.e8())
                > 0;
    }

    /** Whether the others have moved and the time has passed; it stays so until a change. */
    boolean isFrozen(long nowNanos, FrozenLimit limit) {
        return moved && nowNanos >= Math.addExact(unchangedSinceNanos, limit.afterNanos());
    }

    /** The last instant before which time alone cannot make it frozen. */
    long undecidedUntilNanos(long nowNanos, FrozenLimit limit) {
        return moved && !isFrozen(nowNanos, limit)
                ? Math.addExact(unchangedSinceNanos, limit.afterNanos()) - 1
                : Long.MAX_VALUE;
    }
}

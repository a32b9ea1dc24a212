package io.delever.engine.pricing;

import io.delever.engine.money.Price;
import java.util.Optional;

/**
 * A last-trade mark that moves at most once in so long (PRIC-052). Used by one thread.
 *
 * <p>The throttle bounds how often accounts are valued, not how far a price may jump.
 */
public final class MarkThrottle {
    private final long throttleNanos;
    private Optional<Price> mark = Optional.empty();
    private Optional<Price> latest = Optional.empty();

    /**
     * A mark that has not moved yet.
     *
     * @param throttleNanos shortest time between two moves, at least 0
     */
    public MarkThrottle(long throttleNanos) {
        if (throttleNanos < 0) {
            throw new IllegalArgumentException("throttle: %d ns, limit 0".formatted(throttleNanos));
        }
        this.throttleNanos = throttleNanos;
    }

    /** A trade happened; the last one before a move counts. */
    public void trade(Price price) {
        latest = Optional.of(price);
    }

    /**
     * The mark, moved to the latest trade where the throttle has elapsed.
     *
     * @param sinceMoveNanos time since the mark last moved
     */
    public Optional<Price> at(long sinceMoveNanos) {
        if (sinceMoveNanos >= throttleNanos && latest.isPresent()) {
            mark = latest;
            latest = Optional.empty();
        }
        return mark;
    }
}

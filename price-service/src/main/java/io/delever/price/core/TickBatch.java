package io.delever.price.core;

import io.delever.engine.pricing.Tick;
import java.util.List;
import java.util.function.Consumer;

/**
 * Ticks that arrived together.
 *
 * @param ticks in the order of the feed
 * @param answer called once by the writer, after the last tick; must not block
 */
public record TickBatch(List<Tick> ticks, Consumer<BatchAnswer> answer) {
    /** Copies the ticks. */
    public TickBatch {
        ticks = List.copyOf(ticks);
    }
}

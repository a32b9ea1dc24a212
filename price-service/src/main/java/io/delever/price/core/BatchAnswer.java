package io.delever.price.core;

import io.delever.engine.pricing.TickRejectionReason;
import java.util.List;

/**
 * What became of a batch.
 *
 * @param accepted ticks taken
 * @param rejections one entry for each tick not taken, in the order of the batch
 */
public record BatchAnswer(int accepted, List<RejectedTick> rejections) {
    /**
     * One tick that was not taken.
     *
     * @param index its place in the batch, from 0
     * @param reason the stable reason
     * @param detail what, which id, actual value, limit
     */
    public record RejectedTick(int index, TickRejectionReason reason, String detail) {}

    /** Copies the rejections. */
    public BatchAnswer {
        rejections = List.copyOf(rejections);
    }
}

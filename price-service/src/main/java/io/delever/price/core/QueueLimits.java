package io.delever.price.core;

/**
 * How much work may wait (PSVC-004).
 *
 * @param batches most batches
 * @param ticks most ticks in all waiting batches together
 * @param ticksPerBatch most ticks in one batch, at most {@code ticks}
 */
public record QueueLimits(int batches, int ticks, int ticksPerBatch) {
    /** Refuses limits below one and a batch that could never find room. */
    public QueueLimits {
        if (batches < 1 || ticksPerBatch < 1 || ticks < ticksPerBatch) {
            throw new IllegalArgumentException(
                    "queue limits: %d batches and %d ticks per batch, at least 1; %d ticks, at least those of one batch"
                            .formatted(batches, ticksPerBatch, ticks));
        }
    }
}

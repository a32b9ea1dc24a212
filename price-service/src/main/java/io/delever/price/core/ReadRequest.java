package io.delever.price.core;

import io.delever.engine.market.InstrumentId;
import java.util.List;
import java.util.Optional;

/**
 * What a reader asks for.
 *
 * @param instruments empty means all, also those listed later
 * @param resumeAfter where it stopped; empty for a snapshot
 */
public record ReadRequest(List<InstrumentId> instruments, Optional<Position> resumeAfter) {
    /**
     * The last batch a reader got.
     *
     * @param epoch the run of the service
     * @param sequence its sequence
     */
    public record Position(String epoch, long sequence) {}

    /** Copies the instruments. */
    public ReadRequest {
        instruments = List.copyOf(instruments);
    }
}

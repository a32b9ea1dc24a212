package io.delever.liquidation.core;

import java.time.InstantSource;

/**
 * What the service's core is given from outside.
 *
 * @param trouble told, with a sentence, of everything a person should see
 */
public record CasePorts(
        CaseStore store,
        MarginGateway margin,
        Venue venue,
        CaseMetrics metrics,
        InstantSource clock,
        TroubleLog trouble) {
    /** Where trouble is told. */
    @FunctionalInterface
    public interface TroubleLog {
        /**
         * Something went wrong.
         *
         * @param broken whether an invariant is broken, so that a person has to look
         */
        void tell(String what, Throwable cause, boolean broken);
    }
}

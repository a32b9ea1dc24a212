package io.delever.simulation.scenario;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.VenueId;
import io.delever.engine.money.Price;
import java.util.List;

/** Where ticks come from. */
public sealed interface MarketSpec permits MarketSpec.Recorded, MarketSpec.Seeded {
    /** The recorded one-second bars of a tape folder. */
    record Recorded() implements MarketSpec {}

    /**
     * A seeded process: each instrument's logarithm follows a common factor times its beta and
     * noise of its own; each venue quotes it with its own noise, overshoot and gaps.
     *
     * @param stepNanos time between two steps, above 0
     * @param paths one for each instrument
     * @param venues how each venue follows
     * @param phases of the common factor, in order of time
     */
    record Seeded(long stepNanos, List<Path> paths, List<VenueHabit> venues, List<Phase> phases)
            implements MarketSpec {
        /** Copies the lists. */
        public Seeded {
            paths = List.copyOf(paths);
            venues = List.copyOf(venues);
            phases = List.copyOf(phases);
        }
    }

    /**
     * One instrument.
     *
     * @param instrument its id
     * @param start price at the start
     * @param betaPpm how strongly it follows the common factor × 10⁶
     * @param ownVolatilityPpm standard deviation of its own logarithm in one hour × 10⁶
     */
    record Path(InstrumentId instrument, Price start, long betaPpm, long ownVolatilityPpm) {}

    /**
     * One venue.
     *
     * @param venue its id
     * @param noisePpm standard deviation of its quote around the common price × 10⁶
     * @param quotePpm probability that it quotes an instrument in a step × 10⁶
     * @param overshootPpm its move since the start over the common move × 10⁶; 1,000,000 follows
     *     exactly
     */
    record VenueHabit(VenueId venue, long noisePpm, long quotePpm, long overshootPpm) {}

    /**
     * A stretch of time.
     *
     * @param untilNanos its end, since the start of the scenario
     * @param movePpm total move of the common factor's logarithm within the phase × 10⁶, signed
     * @param volatilityPpm standard deviation of its logarithm in one hour × 10⁶
     */
    record Phase(long untilNanos, long movePpm, long volatilityPpm) {}
}

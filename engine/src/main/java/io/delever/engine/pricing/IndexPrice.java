package io.delever.engine.pricing;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.market.PriceState;
import java.util.List;
import java.util.Optional;

/**
 * The price of one instrument and how it came about.
 *
 * @param instrument the instrument
 * @param state index and mark price, or why there is none to act on
 * @param computedAtNanos time as of which it was computed
 * @param sourcesUsed sources that are fresh and no outliers; fewer than the minimum where the state
 *     is stale or missing for want of sources
 * @param sourcesConfigured sources of the definition
 * @param exclusions one entry for each source left out, in the order of the definition
 * @param hold why nothing is decided on it although its sources might give a price; absent mostly
 */
public record IndexPrice(
        InstrumentId instrument,
        PriceState state,
        long computedAtNanos,
        int sourcesUsed,
        int sourcesConfigured,
        List<SourceExclusion> exclusions,
        Optional<Hold> hold) {
    /** Copies the exclusions. */
    public IndexPrice {
        exclusions = List.copyOf(exclusions);
    }

    /** The same with another state and a hold. */
    IndexPrice with(PriceState other, Optional<Hold> why) {
        return new IndexPrice(
                instrument,
                other,
                computedAtNanos,
                sourcesUsed,
                sourcesConfigured,
                exclusions,
                why);
    }

    /** Whether anything but the time of computation differs from {@code other}. */
    boolean differsFrom(IndexPrice other) {
        return !state.equals(other.state)
                || sourcesUsed != other.sourcesUsed
                || sourcesConfigured != other.sourcesConfigured
                || !exclusions.equals(other.exclusions)
                || !hold.equals(other.hold);
    }
}

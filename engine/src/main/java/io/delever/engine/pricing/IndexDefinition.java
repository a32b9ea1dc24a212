package io.delever.engine.pricing;

import io.delever.engine.market.InstrumentId;
import io.delever.engine.money.Price;
import io.delever.engine.money.Rate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where the index of one instrument comes from (PRIC-001).
 *
 * @param instrument the instrument
 * @param sources 1 to {@link #MAXIMUM_SOURCES} different markets
 * @param minimumSources fewest sources with which there is an index, 1 to the number of sources
 * @param outlierLimit a source farther than this from the median of the fresh ones is left out,
 *     above 0 and at most {@link #MAXIMUM_OUTLIER_LIMIT_PPM}
 * @param tickSize the index is a multiple of this, at most {@link #MAXIMUM_TICK_SIZE_E8}
 */
public record IndexDefinition(
        InstrumentId instrument,
        List<IndexSource> sources,
        int minimumSources,
        Rate outlierLimit,
        Price tickSize) {
    /** Most sources of one index. */
    public static final int MAXIMUM_SOURCES = 64;

    /** Widest outlier limit: one half. */
    public static final long MAXIMUM_OUTLIER_LIMIT_PPM = 500_000;

    /** Greatest tick size: one million quote units. */
    public static final long MAXIMUM_TICK_SIZE_E8 = 100_000_000_000_000L;

    /** Refuses what is out of its range and a source that is named twice. */
    public IndexDefinition {
        sources = List.copyOf(sources);
        String name = instrument.value();
        if (sources.isEmpty() || sources.size() > MAXIMUM_SOURCES) {
            throw new OutOfRangeException(
                    "sources", name, sources.size(), "1 to " + MAXIMUM_SOURCES);
        }
        if (minimumSources < 1 || minimumSources > sources.size()) {
            throw new OutOfRangeException(
                    "minimum_sources",
                    name,
                    minimumSources,
                    "1 to the number of sources " + sources.size());
        }
        if (outlierLimit.ppm() < 1 || outlierLimit.ppm() > MAXIMUM_OUTLIER_LIMIT_PPM) {
            throw new OutOfRangeException(
                    "outlier_limit_ppm",
                    name,
                    outlierLimit.ppm(),
                    "1 to " + MAXIMUM_OUTLIER_LIMIT_PPM);
        }
        if (tickSize.e8() > MAXIMUM_TICK_SIZE_E8) {
            throw new OutOfRangeException(
                    "tick_size_e8", name, tickSize.e8(), "1 to " + MAXIMUM_TICK_SIZE_E8);
        }
        requireDifferent(name, sources);
    }

    private static void requireDifferent(String name, List<IndexSource> sources) {
        Set<SourceId> seen = new HashSet<>();
        for (IndexSource source : sources) {
            if (!seen.add(source.id())) {
                throw new OutOfRangeException("sources", name, source.id(), "each source once");
            }
        }
    }
}

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
 * @param minimumSources fewest outside sources with which there is an index, 1 to their number
 * @param outlierLimit a source farther than this from the median of the fresh ones is left out,
 *     above 0 and at most {@link #MAXIMUM_OUTLIER_LIMIT_PPM}
 * @param tickSize the index is a multiple of this, at most {@link #MAXIMUM_TICK_SIZE_E8}
 * @param method how the sources become the price
 */
public record IndexDefinition(
        InstrumentId instrument,
        List<IndexSource> sources,
        int minimumSources,
        Rate outlierLimit,
        Price tickSize,
        IndexMethod method) {
    /** Most sources of one index. */
    public static final int MAXIMUM_SOURCES = 64;

    /** Widest outlier limit: one half. */
    public static final long MAXIMUM_OUTLIER_LIMIT_PPM = 500_000;

    /** Greatest tick size: one million quote units. */
    public static final long MAXIMUM_TICK_SIZE_E8 = 100_000_000_000_000L;

    /** A definition with the standard method. */
    public IndexDefinition(
            InstrumentId instrument,
            List<IndexSource> sources,
            int minimumSources,
            Rate outlierLimit,
            Price tickSize) {
        this(instrument, sources, minimumSources, outlierLimit, tickSize, IndexMethod.STANDARD);
    }

    /**
     * Refuses what is out of its range, a source that is named twice, a second own market and a
     * conversion through the index itself.
     */
    public IndexDefinition {
        sources = List.copyOf(sources);
        String name = instrument.value();
        if (sources.isEmpty() || sources.size() > MAXIMUM_SOURCES) {
            throw new OutOfRangeException(
                    "sources", name, sources.size(), "1 to " + MAXIMUM_SOURCES);
        }
        long outside = sources.stream().filter(source -> !source.own()).count();
        if (minimumSources < 1 || minimumSources > outside) {
            throw new OutOfRangeException(
                    "minimum_sources",
                    name,
                    minimumSources,
                    "1 to the number of sources " + outside);
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
        requireOneOwn(name, sources.size() - outside);
        for (IndexSource source : sources) {
            requireOtherRate(instrument, source);
        }
    }

    /** Whether prices of other instruments are needed to compute it. */
    boolean converts() {
        return sources.stream().anyMatch(source -> source.conversion().isPresent());
    }

    private static void requireOneOwn(String name, long own) {
        if (own > 1) {
            throw new OutOfRangeException("own", name, own + " sources", "one source");
        }
    }

    private static void requireOtherRate(InstrumentId instrument, IndexSource source) {
        if (source.conversion().map(QuoteConversion::rate).filter(instrument::equals).isPresent()) {
            throw new OutOfRangeException(
                    "rate_instrument_id",
                    instrument.value(),
                    source.id(),
                    "another instrument than the index itself");
        }
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

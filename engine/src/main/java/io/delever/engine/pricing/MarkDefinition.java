package io.delever.engine.pricing;

import io.delever.engine.money.Rate;

/**
 * How the mark of a perpetual comes from its index and its own book (MARK-001 to MARK-008).
 *
 * @param contract which price of the own book takes part
 * @param sampleNanos time between two samples of the basis, 1 ms to 1 hour
 * @param windowSamples samples that the moving average of the basis reaches over, 1 to 3,600
 * @param band the mark is never farther than this from the index, above 0 and at most {@link
 *     #MAXIMUM_BAND_PPM}
 * @param bookStalenessNanos a book is fresh while its age is at most this, 1 ns to 1 hour
 */
public record MarkDefinition(
        ContractPrice contract,
        long sampleNanos,
        int windowSamples,
        Rate band,
        long bookStalenessNanos) {
    /** Widest band: one half. */
    public static final long MAXIMUM_BAND_PPM = 500_000;

    private static final long MILLI = 1_000_000L;
    private static final long HOUR = 3_600_000_000_000L;
    private static final int MAXIMUM_SAMPLES = 3_600;

    /** Which price of the own book takes part. */
    public enum ContractPrice {
        /** The newest trade, and the middle of the book where there is none. */
        LAST_TRADE,
        /** The middle of the best bid and ask. */
        MID
    }

    /** Refuses what is out of its range. */
    public MarkDefinition {
        require("sample_nanos", sampleNanos, MILLI, HOUR);
        require("window_samples", windowSamples, 1, MAXIMUM_SAMPLES);
        require("band_ppm", band.ppm(), 1, MAXIMUM_BAND_PPM);
        require("book_staleness_nanos", bookStalenessNanos, 1, HOUR);
    }

    private static void require(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw new OutOfRangeException(field, "mark", value, least + " to " + most);
        }
    }
}

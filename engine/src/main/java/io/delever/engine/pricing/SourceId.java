package io.delever.engine.pricing;

import io.delever.engine.market.VenueId;
import java.util.Comparator;

/**
 * One market at one venue, for example {@code coinbase} and {@code AAVE-USD} (PRIC-001).
 *
 * @param venue the venue
 * @param market the venue's own name of the market, 1 to 64 characters of {@code A-Za-z0-9._:/-}
 */
public record SourceId(VenueId venue, String market) implements Comparable<SourceId> {
    /** Longest name of a market. */
    public static final int MAXIMUM_LENGTH = 64;

    private static final Comparator<SourceId> ORDER =
            Comparator.comparing(SourceId::venue).thenComparing(SourceId::market);

    /** Refuses a market name that is empty, too long or has a character outside the set. */
    public SourceId {
        if (market.isEmpty()
                || market.length() > MAXIMUM_LENGTH
                || !market.chars().allMatch(SourceId::isAllowed)) {
            throw new OutOfRangeException(
                    "market",
                    venue.value(),
                    Shown.of(market),
                    "1 to " + MAXIMUM_LENGTH + " characters of A-Za-z0-9._:/-");
        }
    }

    private static boolean isAllowed(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == ':'
                || c == '/'
                || c == '-';
    }

    @Override
    public int compareTo(SourceId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return venue.value() + " " + market;
    }
}

package io.delever.engine.market;

/**
 * A venue's id: 1 to 64 characters of {@code A-Z a-z 0-9 . _ : -} (MKTS-001).
 *
 * @param value the id as written everywhere
 */
public record VenueId(String value) implements Comparable<VenueId> {
    /** Refuses any other text with an {@link IllegalArgumentException}. */
    public VenueId {
        Ids.check("venue id", value);
    }

    @Override
    public int compareTo(VenueId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

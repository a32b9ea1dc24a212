package io.delever.engine.market;

/**
 * An instrument's id: 1 to 64 characters of {@code A-Z a-z 0-9 . _ : -} (MKTS-001).
 *
 * @param value the id as written everywhere
 */
public record InstrumentId(String value) implements Comparable<InstrumentId> {
    /** Refuses any other text with an {@link IllegalArgumentException}. */
    public InstrumentId {
        Ids.check("instrument id", value);
    }

    @Override
    public int compareTo(InstrumentId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

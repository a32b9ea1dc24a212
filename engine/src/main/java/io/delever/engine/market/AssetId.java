package io.delever.engine.market;

/**
 * An asset's id: 1 to 64 characters of {@code A-Z a-z 0-9 . _ : -} (MKTS-001).
 *
 * @param value the id as written everywhere
 */
public record AssetId(String value) implements Comparable<AssetId> {
    /** Refuses any other text with an {@link IllegalArgumentException}. */
    public AssetId {
        Ids.check("asset id", value);
    }

    @Override
    public int compareTo(AssetId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

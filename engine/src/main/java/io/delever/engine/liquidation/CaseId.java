package io.delever.engine.liquidation;

import java.util.regex.Pattern;

/**
 * Names a case for ever. Every id the case sends out starts with it (LIQD-030), so a host must
 * never reuse one.
 *
 * @param value 1 to 40 characters of {@code [A-Za-z0-9._-]}
 */
public record CaseId(String value) implements Comparable<CaseId> {
    private static final Pattern ADMITTED = Pattern.compile("[A-Za-z0-9._-]{1,40}");

    /** Refuses anything else with {@link IllegalArgumentException}. */
    public CaseId {
        if (!ADMITTED.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "case id: 1 to 40 characters of [A-Za-z0-9._-] expected, got '" + value + "'");
        }
    }

    @Override
    public int compareTo(CaseId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}

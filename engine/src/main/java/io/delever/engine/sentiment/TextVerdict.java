package io.delever.engine.sentiment;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What became of a text; kept for audit (TEXT-012).
 *
 * @param score −1 to 1; empty where it has none
 * @param weight with which it counts, 0 where it does not
 * @param instruments it is about; empty means the market only
 */
public record TextVerdict(
        TextItem item,
        Outcome outcome,
        OptionalDouble score,
        double weight,
        List<String> instruments) {
    /** Copies the list. */
    public TextVerdict {
        instruments = List.copyOf(instruments);
    }

    /** Whether it counts, and why not. */
    public enum Outcome {
        /** It counts. */
        COUNTED,
        /** No known word. */
        NO_OPINION,
        /** Nearly the same was said before. */
        DUPLICATE,
        /** Not English. */
        OTHER_LANGUAGE,
        /** The source said too much lately. */
        BURST,
        /** Older than what still counts. */
        TOO_OLD
    }
}

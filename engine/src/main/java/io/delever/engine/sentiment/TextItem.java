package io.delever.engine.sentiment;

import java.util.List;

/**
 * A headline or a post.
 *
 * @param id chosen by whoever sends it
 * @param source who said it
 * @param instruments that the sender names; the text may name more
 */
public record TextItem(
        String id, String source, long eventTimeNanos, String text, List<String> instruments) {
    private static final int MOST_CHARACTERS = 128;
    private static final int MOST_INSTRUMENTS = 16;

    /** Copies the list; refuses what is empty or too long. */
    public TextItem {
        instruments = List.copyOf(instruments);
        requireShort("id", id);
        requireShort("source", source);
        if (text.isBlank() || text.length() > TextScorer.MAXIMUM_LENGTH) {
            throw new IllegalArgumentException(
                    "a text has 1 to "
                            + TextScorer.MAXIMUM_LENGTH
                            + " characters, got "
                            + text.length());
        }
        if (instruments.size() > MOST_INSTRUMENTS) {
            throw new IllegalArgumentException(
                    "at most " + MOST_INSTRUMENTS + " instruments, got " + instruments.size());
        }
    }

    private static void requireShort(String what, String value) {
        if (value.isBlank() || value.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException(
                    "the "
                            + what
                            + " has 1 to "
                            + MOST_CHARACTERS
                            + " characters, got "
                            + value.length());
        }
    }
}

package io.delever.engine.margin;

/**
 * A command as it enters a ledger.
 *
 * @param commandId unique for ever: 1 to {@link #MAX_ID_LENGTH} printable ASCII characters; a
 *     repeated one gets its first reply
 * @param eventTimeNanos when it happened, since the Unix epoch
 */
public record Command(String commandId, long eventTimeNanos, AccountCommand action) {
    /** 128 for a client's id, and room for the suffix of a transfer's second leg. */
    public static final int MAX_ID_LENGTH = 140;

    /** Refuses a text that is no command id with an {@link IllegalArgumentException}. */
    public Command {
        if (commandId.isEmpty() || commandId.length() > MAX_ID_LENGTH) {
            throw new IllegalArgumentException(
                    "command id must have 1 to "
                            + MAX_ID_LENGTH
                            + " characters, has "
                            + commandId.length());
        }
        if (!commandId.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new IllegalArgumentException("command id must be printable ASCII without space");
        }
    }
}

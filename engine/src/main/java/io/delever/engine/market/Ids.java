package io.delever.engine.market;

/** The one form that ids have here: short, printable, safe in a path, a log line and a metric. */
public final class Ids {
    /** Greatest length of an id. */
    public static final int MAX_LENGTH = 64;

    private Ids() {}

    /**
     * Refuses a text that is no id with an {@link IllegalArgumentException} (MKTS-001).
     *
     * @param what named in the message, for example {@code "account id"}
     */
    public static void check(String what, String value) {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    what + " must have 1 to " + MAX_LENGTH + " characters, has " + value.length());
        }
        for (int i = 0; i < value.length(); i++) {
            if (!isAdmitted(value.charAt(i))) {
                throw new IllegalArgumentException(
                        what
                                + " may have A-Z a-z 0-9 . _ : - only; character "
                                + (i + 1)
                                + " of it is U+"
                                + Integer.toHexString(value.charAt(i) | 0x10000).substring(1));
            }
        }
    }

    private static boolean isAdmitted(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == ':'
                || c == '-';
    }
}

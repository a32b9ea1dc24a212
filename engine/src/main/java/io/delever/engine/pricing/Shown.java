package io.delever.engine.pricing;

/** Text from outside, cut to a length that is safe to repeat in a message. */
final class Shown {
    private static final int MAXIMUM_LENGTH = 64;

    private Shown() {}

    static String of(String text) {
        return text.length() <= MAXIMUM_LENGTH ? text : text.substring(0, MAXIMUM_LENGTH) + "…";
    }
}

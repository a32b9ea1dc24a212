package io.delever.engine.sentiment;

/** The score in words, from the most fearful on. */
public enum SentimentLevel {
    EXTREME_FEAR,
    FEAR,
    NEUTRAL,
    GREED,
    EXTREME_GREED
}

package io.delever.sentiment.core;

import io.delever.engine.sentiment.TextVerdict;
import java.util.List;
import java.util.Optional;

/** Keeps texts with what became of them, for audit. */
public interface TextStore {
    /** A kept text. */
    Optional<Kept> find(String id);

    /** Keeps a text; returns once it is durable. */
    void keep(TextVerdict verdict);

    /**
     * Kept texts, newest first.
     *
     * @param beforeSequence only those below this one
     */
    List<Kept> newest(long beforeSequence, int most);

    /** A kept text with its place in the order of arrival. */
    record Kept(long sequence, TextVerdict verdict) {}
}

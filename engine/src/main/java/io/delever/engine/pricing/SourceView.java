package io.delever.engine.pricing;

import io.delever.engine.money.Price;
import java.util.Optional;

/**
 * What is known of one source at one time.
 *
 * @param newest its newest tick
 * @param frozen whether it keeps sending one price while the others move
 * @param volume what was traded there in the window of the index, 0 or more
 * @param rate price of its quote in that of the index; absent where it is not known, and not asked
 *     for by a source without a conversion
 */
public record SourceView(
        Optional<Observation> newest, boolean frozen, long volume, Optional<Price> rate) {
    /** A source of which only the newest tick matters. */
    public static SourceView of(Optional<Observation> newest) {
        return new SourceView(newest, false, 0, Optional.empty());
    }
}
